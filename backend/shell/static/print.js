// The print sheet: a button, and printing at once for who pressed 打印 in the conversation.
import { byId } from "./elements.js";

byId("print").addEventListener("click", () => print());
if (location.hash === "#print") {
  history.replaceState(null, "", location.pathname);
  print();
}
