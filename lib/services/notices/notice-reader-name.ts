/** Under which the notices' reader keeps how far it has come in each organization's trail. */
export const noticeReaderName = "notices";
