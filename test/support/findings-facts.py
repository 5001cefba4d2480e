"""What pydicom reads in the DICOM files named on the command line, as JSON, one entry a file."""

import json
import sys

import pydicom


def items(dataset):
    for item in dataset.get("ContentSequence", []):
        yield item
        yield from items(item)


def name_of(item):
    names = item.get("ConceptNameCodeSequence")
    return names[0].CodeMeaning if names else None


def fact(item):
    value_type = item.ValueType
    values = {
        "TEXT": lambda: item.TextValue,
        "CODE": lambda: item.ConceptCodeSequence[0].CodeMeaning,
        "UIDREF": lambda: str(item.UID),
        "PNAME": lambda: str(item.PersonName),
        "DATETIME": lambda: str(item.DateTime),
        "NUM": lambda: [
            float(item.MeasuredValueSequence[0].NumericValue),
            item.MeasuredValueSequence[0].MeasurementUnitsCodeSequence[0].CodeValue,
        ],
        "SCOORD3D": lambda: [
            item.GraphicType,
            [float(value) for value in item.GraphicData],
            str(item.ReferencedFrameOfReferenceUID),
        ],
        "IMAGE": lambda: [
            str(item.ReferencedSOPSequence[0].ReferencedSOPInstanceUID),
            item.ReferencedSOPSequence[0].get("ReferencedFrameNumber"),
        ],
        "CONTAINER": lambda: [fact(child) for child in item.get("ContentSequence", [])],
    }
    own = {
        "relationship": item.RelationshipType,
        "type": value_type,
        "name": name_of(item),
        "value": values[value_type](),
    }
    if value_type != "CONTAINER" and "ContentSequence" in item:
        own["from"] = [fact(child) for child in item.ContentSequence]
    return own


def evidence(dataset):
    return [
        {
            "study": str(study.StudyInstanceUID),
            "series": {
                str(series.SeriesInstanceUID): [
                    str(sop.ReferencedSOPInstanceUID) for sop in series.ReferencedSOPSequence
                ]
                for series in study.ReferencedSeriesSequence
            },
        }
        for study in dataset.get("CurrentRequestedProcedureEvidenceSequence", [])
    ]


def pixels(dataset):
    """Those of a key image: of the others nobody asks, and they are many."""
    if dataset.SOPClassUID != "1.2.840.10008.5.1.4.1.1.7":
        return None
    count = dataset.Rows * dataset.Columns * dataset.SamplesPerPixel
    return list(dataset.PixelData[:count])


def facts(path):
    dataset = pydicom.dcmread(path)
    verifying = dataset.get("VerifyingObserverSequence", [])
    return {
        "transferSyntax": str(dataset.file_meta.TransferSyntaxUID),
        "sopClass": str(dataset.SOPClassUID),
        "sopInstance": str(dataset.SOPInstanceUID),
        "series": str(dataset.SeriesInstanceUID),
        "patient": [
            str(dataset.PatientName),
            dataset.PatientID,
            dataset.get("IssuerOfPatientID", ""),
            dataset.PatientBirthDate,
            dataset.PatientSex,
        ],
        "study": [
            str(dataset.StudyInstanceUID),
            dataset.StudyID,
            dataset.StudyDate,
            dataset.StudyTime,
            dataset.AccessionNumber,
            str(dataset.ReferringPhysicianName),
            dataset.get("StudyDescription", ""),
        ],
        "verification": dataset.get("VerificationFlag"),
        "completion": dataset.get("CompletionFlag"),
        "verifiedBy": [str(observer.VerifyingObserverName) for observer in verifying],
        "burnedIn": dataset.get("BurnedInAnnotation"),
        "title": name_of(dataset),
        "content": [fact(item) for item in dataset.get("ContentSequence", [])],
        "evidence": evidence(dataset),
        "pixels": pixels(dataset),
    }


print(json.dumps([facts(path) for path in sys.argv[1:]]))
