"""One text file of data/: a commented header, then tab-separated rows, sorted."""
import dataclasses
import datetime
import pathlib


@dataclasses.dataclass
class Table:
    name: str  # data/<name>.tsv
    about: list  # sentences for people
    source: str
    version: str
    licence: str
    columns: list
    rows: list  # tuples of str, one per column

    def write(self, folder: pathlib.Path, check: bool) -> bool:
        """Writes the file if rows, version or text changed. True if so."""
        for row in self.rows:
            assert len(row) == len(self.columns), (self.name, row)
            assert not any("\t" in cell or "\n" in cell for cell in row), (self.name, row)
        rows = sorted(set(self.rows))
        path = folder / f"{self.name}.tsv"
        before = path.read_text() if path.exists() else ""
        if before == self._text(rows, _date_of(before)):
            return False
        if not check:
            path.write_text(self._text(rows, datetime.date.today().isoformat()))
        return True

    def _text(self, rows, date) -> str:
        head = [f"# {line}" for line in self.about]
        head += [
            f"# source: {self.source}",
            f"# version: {self.version}",
            f"# date: {date}",
            f"# licence: {self.licence}",
            "# maintained: by scripts/facts/update",
            "# columns: " + "\t".join(self.columns),
        ]
        return "\n".join(head + ["\t".join(row) for row in rows]) + "\n"


def _date_of(text: str) -> str:
    for line in text.splitlines():
        if line.startswith("# date: "):
            return line[len("# date: "):]
        if not line.startswith("#"):
            break
    return ""


def read(path: pathlib.Path) -> list:
    """The rows of a table as lists of cells."""
    return [line.split("\t") for line in path.read_text().splitlines() if line and not line.startswith("#")]
