/** The name of the webhooks' cursors in `log_cursors`. */
export const webhookReaderName = "webhooks";
