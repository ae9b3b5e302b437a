/** The name of the notices' cursors in `log_cursors`. */
export const noticeReaderName = "notices";
