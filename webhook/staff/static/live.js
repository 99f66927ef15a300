// Renews the parts of a page that carry hx-get, without loading the page again.
import "/static/htmx/htmx.min.js";
