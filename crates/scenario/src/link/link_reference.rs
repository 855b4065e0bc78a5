//! The chapter about links of the page about the format.

use super::link_flag::FLAGS;
use super::link_limits::MAX_LINK;
use crate::text::place::MAX_BYTES;

/// The chapter about links, in Markdown.
pub fn link_reference() -> String {
    let mut chapter = format!(
        "
## Links

A link opens a document that is nowhere but in the link. It is the part of an address from `#` on, which a browser sends
to no server, and it is the same at every address where Thalweg is:

```text
#s=1.DOCUMENT&FLAG&FLAG=VALUE...      a document
#lesson=NAME&FLAG&FLAG=VALUE...       a built-in lesson, as `thalweg list presets` calls it
```

`1.` is the version of the link. DOCUMENT is the text of a scenario in UTF-8, compressed as raw deflate (RFC 1951,
without the header of zlib or gzip), and of that base64 with the letters of URLs, without padding (RFC 4648, section 5:
`A-Z a-z 0-9 - _`). In Python:

```python
import base64, zlib
document = '(surface: Rosenbrock, runners: [(optimizer: Adam(lr: 0.05))])'
deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
packed = deflate.compress(document.encode()) + deflate.flush()
print('#s=1.' + base64.urlsafe_b64encode(packed).decode().rstrip('='))
```

A link has at most {MAX_LINK} characters from `#` on, and the document at most {} KiB. The program writes documents in
full, defaults too, on one line without blanks; the same document makes the same link on every machine. A link reads no
files: the rows of data stand in the document, `LinearRegression(data: Table(name: \"points.csv\", csv: \"1,2,3
4,5,6\"))`, with what a CSV file may have between the quotes.

What is damaged, of a newer version or too long opens nothing, and is told; characters may be written as `%26`, and what
a mail program puts around the link (blanks, line breaks, a point behind it) does no harm. Flags stand in any order; one
that is not known, or has a value that it does not take, is told and passed over.

| flag | value | what it does |
|---|---|---|
",
        MAX_BYTES / 1024
    );
    for flag in &FLAGS {
        let separator = if flag.values.is_empty() { "" } else { "=" };
        let values = flag.values.replace('|', "\\|");
        chapter.extend([format!("| `&{}{separator}{values}` | {} | {} |\n", flag.key, flag.takes, flag.doc)]);
    }
    chapter
}
