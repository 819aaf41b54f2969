"""Numbers and addresses of the net that point at one person: known by their form, or by the label before them.

Formats: telephone numbers in national and international groups, IBAN, cards, US social security, IPv4 and IPv6.
Numbers of literature and registries (NCT, PMID, DOI, SNOMED, ICD, LOINC) are nobody's and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.deidentify.spans import Find, Kind

_LABEL = (
    r"(?:MRN|MR\s?(?:#|no\.?|number)|U?HN|med(?:ical)?\.?\s?rec(?:ord)?s?(?:\s?(?:#|no\.?|number|num))?"
    r"|patient\s?(?:id|#|no\.?|number|identifier)"
    r"|chart\s?(?:#|no\.?|number)|hospital\s?(?:#|no\.?|number|id)|unit\s?(?:#|no\.?|number)|acct\.?|account"
    r"|accession|acc\.?\s?(?:#|no\.?)"
    r"|(?:surgical|surg\.?)\s?path(?:ology)?\s?(?:#|no\.?|number)|path(?:ology)?\s?(?:#|no\.?|number)|case"
    r"|specimen|lab|encounter|visit|csn|fin|admission"
    r"|order|requisition|referral|ssn|social security(?:\s(?:number|no\.?|#))?|ss#|npi|dea"
    r"|licen[cs]e(?:\s?plate)?|lic\.?|driver'?s?\slicen[cs]e|passport"
    r"|policy|member(?:ship)?|subscriber|group|claim|insurance|certificate|medicare|medicaid|nhs|chi|hicn|mbi"
    r"|beneficiary|serial|s/n|device"
    r"|lot|model|udi|implant|vin|plate|registration|badge|employee|student|tax|tin|ein|national|health\s?card"
    r"|hcn|nino|aadhaar|pan|id|identifier|reference|ref"
    r"|reg(?:istration|n)?\.?|uhid|ipd?|opd?|crn|bill|barcode|sample|hosp(?:ital)?\.?|pesel|cpf|cnpj|dni|nie|nif"
    r"|bsn|cpr|personnummer|henkilötunnus|amka"
    r"|confirmation|ticket|record|pin|pass\s?code|password|study)"
)
_VALUE = r"(?=[A-Z0-9./_-]*\d)[A-Z0-9](?:[A-Z0-9]|[-/._](?=[A-Z0-9]))*(?:[ -]\d{2,}(?![.,/]\d|\s?(?:mg|ml|cm|mm|g|%)))*"
_NOBODYS = (
    r"(?:NCT|PMID|PMCID?|DOI|SNOMED|ICD(?:-?O)?|LOINC|CPT|RxNorm|RXCUI|UMLS|CUI|NSC|ISRCTN|EudraCT|HGNC|ENSG|NM_|NP_"
    r"|rs|ATCC|CAS|clone)"
)

# Kind, pattern; the group `it` is the value where a label stands before it.
FORMATS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.EMAIL,
        re.compile(r"(?<![\w.+'’-])[\w.+'’-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[^\W\d_]{2,24}", re.I),
    ),
    (Kind.WEB, re.compile(r"\b(?:https?|ftp)://\w[^\s<>\"'()\[\]{}|]*|\bwww\.[^\s<>\"'()\[\]]+", re.I)),
    # without "www" only endings that no word after a lost space has: "margin.is" is no host
    (
        Kind.WEB,
        re.compile(
            r"(?<![\w.@])(?:[A-Za-z0-9-]{1,63}\.){1,6}(?:com|org|net|edu|gov|info|biz|(?:co|ac"
            r"|nhs|gov|org)\.uk|com\.\w\w)\b(?:/[^\s<>\"']*)?(?!@)"
        ),
    ),
    (Kind.WEB, re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]\d)")),
    (
        Kind.WEB,
        re.compile(
            r"(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])"
            r"|(?<![\w:])(?:[0-9a-f]{1,4}:){2,6}(?::[0-9a-f]{1,4}){1,5}(?![\w:])",
            re.I,
        ),
    ),
    (Kind.WEB, re.compile(r"\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b", re.I)),
    (Kind.WEB, re.compile(r"(?<![\w@.])@[A-Za-z]\w{3,}")),
    (Kind.ID, re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.I)),
    (
        Kind.ACCOUNT,
        re.compile(
            r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?\b"
            r"|\b[a-z]{2}\d{2}(?=[a-z0-9]*\d{5})[a-z0-9]{11,30}\b"
        ),
    ),
    (
        Kind.CARD,
        re.compile(r"(?<![\w.,-])(?:\d{4}[ -]){3}\d{1,7}(?![\w]|[.,]\d)|(?<![\w.,-])3\d{3}[ -]\d{6}[ -]\d{4,5}(?!\w)"),
    ),
    (Kind.ID, re.compile(r"(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])")),
    (Kind.ID, re.compile(r"\bTCGA-[A-Z0-9]{2}-[A-Z0-9]{4}(?:-[A-Z0-9]+)*\b")),
    # surgical and cytology accession numbers: S-19-12345, SP19-1234, NS07-12345
    (Kind.ID, re.compile(r"\b[A-Z]{1,4}[- ]?\d{2}[-:]\d{3,7}\b|\b\d{2}[-:]?[A-Z]{1,3}[-:]?\d{4,7}\b")),
    (
        Kind.ID,
        re.compile(
            rf"\b{_LABEL}\s?(?:#|no\.?|nr\.?|number|num\.?|id|code)?(?:\s(?:is|was"
            rf"|of))?\s*[:#=]+\s*#?\s*(?P<it>{_VALUE})",
            re.I,
        ),
    ),
    (
        Kind.ID,
        re.compile(rf"\b{_LABEL}\s?(?:#|no\.|nr\.|no\b|number|num\.?)(?:\s(?:is|was|of))?:?\s*(?P<it>{_VALUE})", re.I),
    ),
    (
        Kind.ID,
        re.compile(
            r"\b(?:s/?n|MRN|SSN|NPI|DEA|IBAN|VIN|passport|licen[cs]e|account|acct|policy|member id|patient id|id"
            r"|plate|serial|accession)"
            r"(?:\s(?:is|was|it's|its))?,?\s+(?P<it>(?=[A-Z0-9-]*\d\d)[A-Z0-9-]{4,20})\b",
            re.I,
        ),
    ),
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\w.])(?:\+|00(?=[1-9]\d{0,2}[ (-]))\d{1,3}(?:[\s./-]?\(?\d{1,5}\)?){1,6}(?:\s?(?:x"
            r"|ext\.?)\s?\d{1,6})?(?![\w]|\.\d)",
            re.I,
        ),
    ),
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\w.])(?:1\s)?\(\d{2,5}\)[\s./-]{0,2}\d{2,4}(?:[\s./-]?\d{2,5}){0,4}(?:\s?(?:x"
            r"|ext\.?)\s?\d{1,6})?(?!\w|\.\d)",
            re.I,
        ),
    ),
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\w./-])(?:1[-. ])?\d{3}[-. ]\d{3}[-. ]\d{4}(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?!\w|[.-]\d)", re.I
        ),
    ),
    (Kind.PHONE, re.compile(r"(?<![\w./-])0\d{1,4}(?:[ ./-]\d{2,5}){1,5}(?!\w|[.,/]\d)")),
    (Kind.PHONE, re.compile(r"(?<![\w./-])\d{2,4}([ .-])\d{2,4}(?:\1\d{2,4})+(?!\w|[.,/-]\d)")),
    (Kind.PHONE, re.compile(r"(?<![\w./-])\d{2} \d{4,5}-\d{4}(?!\w|[.,/-]\d)")),
    # area code and slash, as in Austria and Hungary
    (Kind.PHONE, re.compile(r"(?<![\w./-])(?:0\d{2,4}/\d{4,9}|(?:0\d-)?\d{1,2}/\d{3}[ -]\d{3,4})(?!\w|[.,/-]\d)")),
    (Kind.PHONE, re.compile(r"(?<![\w./-])[2-9]\d{2}-\d{4}(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?!\w|[.-]\d)", re.I)),
    (
        Kind.PHONE,
        re.compile(
            r"\b(?:phone|telephone|tel|mobile|cell|cellular|fax|pager|beeper|desk|office|home|work|direct"
            r"|hotline|bleep|call(?:\s+\w+){0,2}|text|ring|reach(?:ed)?(?:\s+\w+){0,2}"
            r"|contact|dial|number|ext(?:ension)?|extn)\b\.?\s*(?:no\.?|number|#)?(?:\s(?:at|on|is|was))?\s*[:#=(]*\s*"
            r"(?P<it>\(?\+?\d(?:[\s().-]{0,2}\d){3,15})(?![\w%]|[.,/]\d|\s?(?:mg|cm|mm|ml|%))",
            re.I,
        ),
    ),
    # two groups: nine signs or so, and no range of years or counts
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\w./-])(?<!\d )(?:0\d{1,4}[ -]\d{4,8}|\d{2,4} \d{5,7}|\d{4} \d{4}|\d{3} \d{4})(?!\w|[.,/-]\d| \d)"
        ),
    ),
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\w./-])\d{2,4}(?:[ .-]\d{2,5}){1,5}(?=[\s(,-]*(?:office|fax|home|mobile|cell|work|direct|tel"
            r"|phone)\b)",
            re.I,
        ),
    ),
    # seven digits or more in a row count nothing in a report
    (
        Kind.ID,
        re.compile(
            r"(?<![\w./-])(?<!\d,)(?<!PMID[: ])(?<!PMID: )\d{7,34}(?![\w%]|[.,/]\d|\s?(?:cells|copies|IU|units"
            r"|mg|ml)\b)"
        ),
    ),
    (Kind.ID, re.compile(r"(?<![\w.-])(?=[A-Z0-9]*\d{3})(?=[A-Z0-9]*[A-Z])(?!NCT|PMC)[A-Z0-9]{8,20}(?![\w-])")),
    (
        Kind.ADDRESS,
        re.compile(
            r"\b(?:zip|zip\s?code|post\s?code|postal(?:\scode)?|plz"
            r"|pin\s?code)\b[^\d\n]{0,30}?\s*(?P<it>(?=[A-Z]*\d)[A-Z0-9]{2,6}(?:[ -](?=[A-Z]*\d)[A-Z0-9]{2,4})?)\b",
            re.I,
        ),
    ),
    # Canada and the United Kingdom
    (Kind.ADDRESS, re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b")),
    (Kind.ADDRESS, re.compile(r"\b(?:[A-Z]{1,2}\d{1,2}|[A-Z]\d[A-Z]|[A-Z]{2}\d[A-Z])\s\d[A-Z]{2}\b")),
)
_BEFORE = re.compile(rf"{_NOBODYS}[\s:#/-]*(?:CT\s|id\s|code\s|no\.?\s)?[\s:#]*$", re.I)
MEASURED = re.compile(
    r"\s*(?:[x×]\s*\d|(?:cm|mm|mg|ml|cc|g|gm|grams?|kg|pieces?|slides?|cassettes?|blocks?|fragments?|units?"
    r"|years?|days?|weeks?)\b|%)",
    re.I,
)
# a label's value that is a measurement, a part or a count after all: "Case: 2 slides", "specimen: 2.5 cm", "Lot: A1"
_SMALL = re.compile(r"(?:[A-Z]?\d{1,2}[A-Z]?(?:-[A-Z]?\d{1,2})?|\d+\.\d+|\d{1,2}/\d{1,2}|[A-Z]{1,2}\d?)$", re.I)
AGE = re.compile(
    r"\b(?P<it>9\d|1[01]\d)(?=[\s-]*(?:years?|yrs?|y/?o\b|y\.o)|[\s-]*(?:M|F|male|female|man|woman|gentleman|lady)\b)"
    r"|\b(?:aged?(?: of)?|at|turned|turn|turning|is|was|am|age:|age is)\s+(?P<that>9\d|1[01]\d)(?=\s*(?:$"
    r"|[.,;!?)]|and\b|when\b|years\b))",
    re.I | re.M,
)


def numbers(text: str) -> Iterator[Find]:
    """Every number that points at one person, in the order of `FORMATS`: the first of two that overlap is right."""
    for kind, pattern in FORMATS:
        for match in pattern.finditer(text):
            labelled = "it" in match.groupdict()
            start, end = match.span("it") if labelled else match.span()
            if _BEFORE.search(text[max(0, start - 24) : start]) or MEASURED.match(text, end):
                continue
            digits = sum(map(str.isdigit, text[start:end]))
            if labelled and kind is Kind.ID and (_SMALL.fullmatch(text[start:end]) or digits < 3):
                continue
            if kind is Kind.PHONE and digits < (3 if labelled else 8 if text[start:end].count(" ") == 2 else 7):
                continue
            if kind is Kind.WEB:
                end -= len(text[start:end]) - len(text[start:end].rstrip(".,;:!?'"))
            yield Find(kind=kind, start=start, end=end)


def ages(text: str) -> Iterator[Find]:
    """Ages over 89, which are few enough to point at one person."""
    for match in AGE.finditer(text):
        start, end = match.span("it") if match["it"] else match.span("that")
        yield Find(kind=Kind.AGE, start=start, end=end)
