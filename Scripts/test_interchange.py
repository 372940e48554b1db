"""Holds files that coldstart exports against what other programs read in them. See Scripts/test-interchange."""

import csv
import pathlib
import subprocess
import sys
import tempfile

import numpy
import onnx
import onnxruntime
import safetensors
import safetensors.numpy

TOLERANCE = 1e-4


def check_onnx(folder, run):
    """The graph puts new titles where coldstart puts them."""
    run("export", "model", "--format", "onnx", "--inputs", "inputs.safetensors", "projection.onnx")
    model = onnx.load(folder / "projection.onnx")
    onnx.checker.check_model(model, full_check=True)
    inputs = safetensors.numpy.load_file(folder / "inputs.safetensors")
    with safetensors.safe_open(folder / "inputs.safetensors", "numpy") as file:
        ids = file.metadata()["item_ids"].split("\n")
    session = onnxruntime.InferenceSession(str(folder / "projection.onnx"), providers=["CPUExecutionProvider"])
    assert {value.name for value in session.get_inputs()} == set(inputs), "inputs that the graph does not have"
    vector, bias, variance = session.run(["vector", "bias", "variance"], inputs)

    run("export", "vectors", "--only", "new", "new.csv")
    with open(folder / "new.csv", newline="") as file:
        rows = {row["item_id"]: row for row in csv.DictReader(file)}
    assert sorted(rows) == sorted(ids) and len(ids) == 12, ids
    dimensions = vector.shape[1]
    ours = numpy.array([[float(rows[i][f"v{d + 1}"]) for d in range(dimensions)] for i in ids])
    difference = max(
        abs(vector - ours).max(), abs(bias[:, 0] - numpy.array([float(rows[i]["bias"]) for i in ids])).max())
    print(f"onnx: {len(model.graph.node)} nodes, {len(ids)} new titles, {dimensions} dimensions: {difference:.1e} apart")
    assert difference < TOLERANCE
    assert abs(vector).max() > 100 * TOLERANCE, "vectors so small that nothing was compared"
    assert vector.std(axis=0).max() > 100 * TOLERANCE, "all titles have one place"
    assert (variance > 0).all()
    # One title by itself is what it is among others.
    alone = session.run(["vector"], {name: value[:1] for name, value in inputs.items()})[0]
    assert abs(alone - vector[:1]).max() < TOLERANCE


def check_vectors(folder, run):
    """npy, safetensors and csv say the same."""
    for users in ([], ["--users"]):
        for name in ("v.npy", "v.safetensors", "v.csv"):
            run("export", "vectors", *users, name)
        array = numpy.load(folder / "v.npy")
        tensors = safetensors.numpy.load_file(folder / "v.safetensors")
        with open(folder / "v.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        table = numpy.array([[float(row[f"v{d + 1}"]) for d in range(array.shape[1])] for row in rows], "float32")
        kind = "users" if users else "items"
        assert array.dtype == numpy.float32 and array.shape == table.shape
        assert (array == tensors[kind]).all() and abs(array - table).max() < 1e-6
        ids = (folder / "v.ids.txt").read_text().split()
        assert ids == [row[f"{kind[:-1]}_id"] for row in rows]
        print(f"{kind}: {array.shape[0]} × {array.shape[1]}, the same in npy, safetensors and csv")


def check_model(folder, run):
    """The model's own file is one that the package reads."""
    run("export", "model", "model.safetensors")
    with safetensors.safe_open(folder / "model.safetensors", "numpy") as file:
        vectors = file.get_tensor("items.vectors")
        assert vectors.shape[0] == 300 and numpy.isfinite(vectors).all()
        count = len(list(file.keys()))
        assert all(file.get_tensor(name) is not None for name in file.keys())
    print(f"model: {count} tensors")


def main(coldstart):
    sample = pathlib.Path("SampleData").resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def run(*arguments):
            subprocess.run([coldstart, *map(str, arguments), "-q"], cwd=folder, check=True, stdout=subprocess.DEVNULL)

        run("import", sample)
        run("train", "--seed", 3)
        run("add", "--from", sample / "new-arrivals" / "arrivals.csv")
        check_onnx(folder, run)
        check_vectors(folder, run)
        check_model(folder, run)
    print("test-interchange: all of it is the same")


if __name__ == "__main__":
    main(sys.argv[1])
