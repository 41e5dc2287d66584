"""Count the code of each folder of the package.

.venv/bin/python -m tests.benchmarks.count_lines [COMMIT ...]

A line counts unless it is blank, a comment, part of a docstring or part of an import. Without a commit, the files of
the working tree are counted; with commits, those of each commit, side by side. `short` is the number of files under
40 lines, empty files left out.
"""

import ast
import io
import subprocess
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping

from tests.hygiene.source import PACKAGE, ROOT

SHORT = 40
UNCOUNTED = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def count_code(source: str) -> int:
    """The lines of code of one module."""
    lines = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in UNCOUNTED
        for line in range(token.start[0], token.end[0] + 1)
    }
    left_out = {
        line for node in _left_out(ast.parse(source)) for line in range(node.lineno, (node.end_lineno or 0) + 1)
    }
    return len(lines - left_out)


def _left_out(tree: ast.AST) -> Iterator[ast.stmt]:
    """Imports, docstrings and the texts under constants."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        ):
            yield node


def count_folders(sources: Mapping[str, str]) -> Counter[str]:
    """Lines of code of each folder below the package, two levels deep, their sum, and the number of short files."""
    counts: Counter[str] = Counter()
    for path, source in sources.items():
        lines = count_code(source)
        counts["/".join(path.split("/")[1:-1][:2]) or "."] += lines
        counts["all"] += lines
        counts["short"] += 0 < len(source.splitlines()) < SHORT
    return counts


def read_sources(commit: str | None) -> dict[str, str]:
    """Every module of the package by its path, of a commit or of the working tree."""
    if commit is None:
        return {str(file.relative_to(ROOT)): file.read_text() for file in PACKAGE.rglob("*.py")}
    names = _git("ls-tree", "-r", "--name-only", commit, "durastore_tui").split()
    return {name: _git("show", f"{commit}:{name}") for name in names if name.endswith(".py")}


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def main(commits: list[str]) -> None:
    """Prints the table."""
    columns = {commit or "now": count_folders(read_sources(commit)) for commit in (*commits, None)}
    print(f"{'':24}" + "".join(f"{name[:12]:>14}" for name in columns))
    folders = sorted({name for counts in columns.values() for name in counts} - {"all", "short"})
    for name in (*folders, "all", "short"):
        print(f"{name:24}" + "".join(f"{counts[name]:>14,}" for counts in columns.values()))


if __name__ == "__main__":
    main(sys.argv[1:])
