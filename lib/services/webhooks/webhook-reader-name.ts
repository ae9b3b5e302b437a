/** The webhooks' cursor in `log_cursors`. */
export const webhookReaderName = "webhooks";
