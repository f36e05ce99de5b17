// Starts the page: theme, socket, views.
import { html, render } from "./view.js";
import { apply_kept_theme } from "./theme.js";
import { connect } from "./live.js";
import { App } from "./app.js";

apply_kept_theme();
connect();
const place = document.getElementById("page");
place.replaceChildren();
render(html`<${App} />`, place);
