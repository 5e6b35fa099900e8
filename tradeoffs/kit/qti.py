"""QTI 2.1: a bank of questions as a package of items and one test, as platforms import it.

Source: 1EdTech, Question and Test Interoperability 2.1; IMS Content Packaging 1.1.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tradeoffs.kit.questions import Question

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
DAY = (2026, 1, 1, 0, 0, 0)  # of every file, so that the same bank is the same bytes
RESPONSE, SCORE, AFTER = "RESPONSE", "SCORE", "AFTER"


def qti_package(name: str, title: str, bank: Sequence[Question], language: str) -> bytes:
    """Return a bank of questions as a ZIP file.

    Args:
        name: of the lesson, for identifiers.
        title: of the test.
        bank: the questions.
        language: of the texts.
    """
    files = {f"items/{one.name}.xml": item(one, language) for one in bank}
    files["test.xml"] = assessment(name, title, bank)
    manifest = {"imsmanifest.xml": _manifest(name, list(files))}
    return zip_of(manifest | files)


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP file, the same bytes for the same files."""
    found = BytesIO()
    with ZipFile(found, "w", ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(ZipInfo(path, DAY), content, ZIP_DEFLATED)
    return found.getvalue()


def item(one: Question, language: str) -> bytes:
    """Return one question as an assessmentItem."""
    root = _root("assessmentItem", identifier=one.name, title=one.title)
    root.set("adaptive", "false")
    root.set("timeDependent", "false")
    root.set("xml:lang", language)
    _declarations(root, one)
    _body(SubElement(root, "itemBody"), one)
    if one.kind != "essay":
        _processing(SubElement(root, "responseProcessing"), one)
        after = SubElement(
            root, "modalFeedback", outcomeIdentifier=AFTER, showHide="show", identifier="said"
        )
        SubElement(after, "p").text = one.after
    return _bytes(root)


def _declarations(root: Element, one: Question) -> None:
    """Say what is answered, what is right, and what comes of it."""
    kinds = {"choice": "identifier", "number": "float", "essay": "string"}
    response = SubElement(
        root,
        "responseDeclaration",
        identifier=RESPONSE,
        cardinality="single",
        baseType=kinds[one.kind],
    )
    right = {"choice": _choice(one.right), "number": f"{one.value:g}"}.get(one.kind)
    if right is not None:
        SubElement(SubElement(response, "correctResponse"), "value").text = right
    score = SubElement(
        root, "outcomeDeclaration", identifier=SCORE, cardinality="single", baseType="float"
    )
    SubElement(SubElement(score, "defaultValue"), "value").text = "0"
    if one.kind != "essay":
        SubElement(
            root,
            "outcomeDeclaration",
            identifier=AFTER,
            cardinality="single",
            baseType="identifier",
        )


def _body(body: Element, one: Question) -> None:
    if one.kind == "choice":
        asked = SubElement(
            body, "choiceInteraction", responseIdentifier=RESPONSE, shuffle="false", maxChoices="1"
        )
        SubElement(asked, "prompt").text = one.text
        for place, text in enumerate(one.choices):
            SubElement(asked, "simpleChoice", identifier=_choice(place)).text = text
    elif one.kind == "number":
        SubElement(body, "p").text = one.text
        line = SubElement(body, "p")
        SubElement(line, "textEntryInteraction", responseIdentifier=RESPONSE, expectedLength="8")
    else:
        SubElement(SubElement(body, "rubricBlock", view="scorer"), "p").text = one.after
        asked = SubElement(
            body, "extendedTextInteraction", responseIdentifier=RESPONSE, expectedLines="6"
        )
        SubElement(asked, "prompt").text = one.text


def _processing(root: Element, one: Question) -> None:
    """Score 1 for what is right; say what the models said, whatever was answered."""
    passed = SubElement(SubElement(root, "responseCondition"), "responseIf")
    if one.kind == "choice":
        test = SubElement(passed, "match")
        SubElement(test, "variable", identifier=RESPONSE)
        SubElement(test, "correct", identifier=RESPONSE)
    else:
        both = SubElement(passed, "and")
        for operator, end in zip(("gte", "lte"), one.accepted, strict=True):
            test = SubElement(both, operator)
            SubElement(test, "variable", identifier=RESPONSE)
            SubElement(test, "baseValue", baseType="float").text = f"{end:g}"
    _set(passed, SCORE, "float", "1")
    _set(root, AFTER, "identifier", "said")


def _set(within: Element, name: str, kind: str, value: str) -> None:
    outcome = SubElement(within, "setOutcomeValue", identifier=name)
    SubElement(outcome, "baseValue", baseType=kind).text = value


def _choice(place: int) -> str:
    return f"C{place + 1}"


def assessment(name: str, title: str, bank: Sequence[Question]) -> bytes:
    """Return the assessmentTest that has all items, in their order."""
    root = _root("assessmentTest", identifier=f"test-{name}", title=title)
    part = SubElement(
        root,
        "testPart",
        identifier="part-1",
        navigationMode="nonlinear",
        submissionMode="individual",
    )
    section = SubElement(
        part, "assessmentSection", identifier="section-1", title=title, visible="true"
    )
    for one in bank:
        SubElement(section, "assessmentItemRef", identifier=one.name, href=f"items/{one.name}.xml")
    return _bytes(root)


def _manifest(name: str, paths: Sequence[str]) -> bytes:
    root = Element("manifest", {"xmlns": PACKAGE, "identifier": f"kit-{name}"})
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "QTIv2.1 Package"
    SubElement(about, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for place, path in enumerate(paths):
        kind = "imsqti_test_xmlv2p1" if path == "test.xml" else "imsqti_item_xmlv2p1"
        one = SubElement(resources, "resource", identifier=f"r{place}", type=kind, href=path)
        SubElement(one, "file", href=path)
        if path == "test.xml":
            for item_place in range(place):
                SubElement(one, "dependency", identifierref=f"r{item_place}")
    return _bytes(root)


def _root(tag: str, **attributes: str) -> Element:
    names = {"xmlns": QTI, "xmlns:xsi": INSTANCE, "xsi:schemaLocation": SCHEMA}
    return Element(tag, names | attributes)


def _bytes(root: Element) -> bytes:
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)
