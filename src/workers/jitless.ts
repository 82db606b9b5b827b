import {config} from "zod";

// A page's policy allows no code made of text, and reports the very try: zod is told before the first schema is made.
config({jitless: true});
