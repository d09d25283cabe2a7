// Stands as a plain script in the head: sets the reader's own choice of light or dark before anything is painted.
import { recall } from "./dom";

const chosen = recall("kg-theme");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
