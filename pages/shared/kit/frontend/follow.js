/** Show nothing, and ask for another run of the page when what is waited for has a new version. */

import { listen } from "./live.js";

export default (component) => listen(component, () => {});
