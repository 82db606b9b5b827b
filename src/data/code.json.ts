/** The hash of the sources that runs are known by, as they were when the site was built. */
import {hashOfCode} from "../../bridge/store/code-hash.js";
import {root} from "../../config.js";

process.stdout.write(JSON.stringify({code: hashOfCode(root)}));
