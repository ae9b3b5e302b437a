import { tolerateForeignDom } from "@/components/shell/tolerate-foreign-dom";

// Next runs this file in the browser before React takes the page.
tolerateForeignDom();
