// The page of all lessons, with pictures and links.

const escaped = (text) =>
  text.replace(/[&<>"]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]);

const STYLE = `
:root{color-scheme:light dark;--ground:#fafafa;--ink:#1b1f24;--quiet:#5a6470;--card:#fff;--edge:#d4d9df;--accent:#1f6fb2}
@media (prefers-color-scheme:dark){:root{--ground:#16181b;--ink:#e8eaed;--quiet:#a3acb7;--card:#1e2125;--edge:#3a4048;--accent:#6db3f2}}
body{margin:0 auto;max-width:78rem;padding:1.5rem;background:var(--ground);color:var(--ink);font:16px/1.45 system-ui,sans-serif}
h1{font-size:1.9rem;margin:0}h2{font-size:1.15rem;margin:2.2rem 0 .8rem}p{margin:.3rem 0;color:var(--quiet)}
a{color:var(--accent)}
ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1rem;list-style:none;margin:0;padding:0}
li a{display:block;height:100%;box-sizing:border-box;padding:.6rem;border:1px solid var(--edge);border-radius:.5rem;background:var(--card);color:inherit;text-decoration:none}
li a:hover,li a:focus-visible{border-color:var(--accent);outline:1px solid var(--accent)}
img{display:block;width:100%;aspect-ratio:4/3;margin-bottom:.4rem}
`;

/** The page; `policy` is what it may do. */
export function galleryPage(lessons, policy) {
  const topics = [...new Set(lessons.map(({ topic }) => topic))];
  const card = ({ name, summary }) => `<li><a href="./#lesson=${name}"><picture>\
<source srcset="posters/${name}-dark.svg" media="(prefers-color-scheme: dark)">\
<img src="posters/${name}.svg" alt="" loading="lazy" width="480" height="360"></picture>${escaped(summary)}</a></li>`;
  const sections = topics.map((topic) => {
    const cards = lessons.filter((lesson) => lesson.topic === topic).map(card);
    return `<h2>${escaped(topic)}</h2>\n<ul>\n${cards.join("\n")}\n</ul>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lessons · Thalweg</title>
<meta name="description" content="All lessons of Thalweg, which shows how optimizers travel over loss surfaces.">
<link rel="icon" href="icon.svg" type="image/svg+xml">
<style>${STYLE}</style>
</head>
<body>
<h1>Thalweg</h1>
<p>How optimizers travel over loss surfaces, live. Each picture opens its lesson. <a href="./">Open the program</a> · <a href="licences.html">Licences</a></p>
${sections.join("\n")}
</body>
</html>
`;
}
