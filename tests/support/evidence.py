"""The evidence of the sample month: small real documents, the same bytes each time."""

from collections.abc import Mapping, Sequence

from support.plant import BATCHES, Batch


def build_evidence() -> Mapping[str, bytes]:
    """The documents by their path below the samples."""
    files = {
        "evidence/invoice-electricity-2026-10.pdf": write_pdf(
            ["Norrbark Elnät", "Invoice NE-2026-10-118", "October 2026: 84,230 kWh"]
        ),
        "evidence/invoice-gas-2026-10.pdf": write_pdf(
            ["Norrgas", "Invoice NG-2026-10-4471", "October 2026: 1,286.4 m3"]
        ),
        "evidence/fuel-log-2026-10.csv": b"day,litres\n2026-10-05,720\n2026-10-14,690\n"
        b"2026-10-27,730\n",
    }
    for batch in BATCHES:
        files |= _evidence_of(batch)
    return files


def _evidence_of(batch: Batch) -> Mapping[str, bytes]:
    weighed = [each for each in batch.readings if each.unit in ("kg", "tonne")]
    measured = [each for each in batch.readings if each.unit in ("%", None)]
    rows = "".join(f"{each.name},{each.value},{each.unit}\n" for each in weighed)
    lines = [f"{each.name}: {each.value} {each.unit or ''}".strip() for each in measured]
    return {
        f"evidence/weighbridge-b{batch.number}.csv": f"what,value,unit\n{rows}".encode(),
        f"evidence/laboratory-b{batch.number}.pdf": write_pdf(
            ["Norrbark laboratory", f"Report on batch {batch.number}, October 2026", *lines]
        ),
    }


def write_pdf(lines: Sequence[str]) -> bytes:
    """A one-page PDF with these lines."""
    text = "".join(f"({_escape(line)}) Tj 0 -18 Td " for line in lines)
    content = f"BT /F1 12 Tf 60 780 Td {text}ET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    document = b"%PDF-1.4\n"
    offsets = []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(document))
        document += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return document + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n"
        b"%%%%EOF\n" % (count, table, count, len(document))
    )


def _escape(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
