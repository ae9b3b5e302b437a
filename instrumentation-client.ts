import { keepPageWhileUnreachable } from "@/components/shell/states/keep-page-while-unreachable";
import { tolerateForeignDom } from "@/components/shell/tolerate-foreign-dom";

// Next runs this file in the browser before React takes the page.
tolerateForeignDom();
keepPageWhileUnreachable();
