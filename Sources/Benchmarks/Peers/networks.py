"""The reference networks in PyTorch and ONNX Runtime; poster.py and text.py say which."""

import logging
import os
import tempfile
import warnings

import measure


def run(bench, chosen):
    import onnxruntime
    import torch

    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(1)
    network, example = (poster if bench == "poster" else text)(torch)
    targets = torch.randn(64, 64)

    for batch in (1, 64):
        inputs = example(batch)
        session = exported(torch, onnxruntime, network, inputs, chosen.threads)
        feed = {session.get_inputs()[0].name: inputs.numpy()}
        call = lambda: session.run(None, feed)
        if batch == 1:
            best, median = measure.latency(call, chosen.repeats, 300)
            figures = {"us_best": best * 1e6, "us_median": median * 1e6}
        else:
            best, median = measure.throughput(call, chosen.repeats)
            figures = {"per_s_best": batch / best, "per_s_median": batch / median}
        measure.emit(bench, f"infer_b{batch}/onnxruntime", threads=chosen.threads, **figures)

    layouts = [("torch_eager", torch.contiguous_format)]
    if bench == "poster":
        layouts.append(("torch_channels_last", torch.channels_last))
    for name, layout in layouts:
        inputs = example(64)
        if bench == "poster":
            network, inputs = network.to(memory_format=layout), inputs.contiguous(memory_format=layout)
        optimiser = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)

        def step():
            optimiser.zero_grad(set_to_none=True)
            torch.nn.functional.mse_loss(network(inputs), targets).backward()
            optimiser.step()

        best, median = measure.throughput(step, chosen.repeats)
        measure.emit(
            bench, f"train_b64/{name}+adam_fused", threads=chosen.threads,
            per_s_best=64 / best, per_s_median=64 / median, ms_step=best * 1e3)


def exported(torch, onnxruntime, network, inputs, threads):
    """A session of ONNX Runtime with the network, checked against PyTorch."""
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "network.onnx")
        torch.onnx.export(network.eval(), (inputs,), file, dynamo=False)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    outputs = session.run(None, {session.get_inputs()[0].name: inputs.numpy()})[0]
    assert abs(outputs - network(inputs).detach().numpy()).max() < 1e-3
    return session


def poster(torch):
    """3×96×64 through four convolutions, and 64 outputs."""
    layers, channels = [], 3
    for filters in (16, 32, 64, 128):
        layers += [torch.nn.Conv2d(channels, filters, 3, padding=1), torch.nn.ReLU()]
        layers += [torch.nn.MaxPool2d(2)] if filters < 128 else []
        channels = filters
    layers += [torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(128, 64)]
    return torch.nn.Sequential(*layers), lambda count: torch.randn(count, 3, 96, 64)


def text(torch):
    """128 words of 20,000 through convolutions over 3, 4 and 5 of them, and 64 outputs."""

    class Text(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.words = torch.nn.Embedding(20_000, 64)
            self.convolutions = torch.nn.ModuleList(torch.nn.Conv1d(64, 64, width) for width in (3, 4, 5))
            self.linear = torch.nn.Linear(3 * 64, 64)

        def forward(self, tokens):
            words = self.words(tokens).transpose(1, 2)
            maxima = [torch.relu(convolution(words)).amax(2) for convolution in self.convolutions]
            return self.linear(torch.cat(maxima, 1))

    return Text(), lambda count: torch.randint(0, 20_000, (count, 128))
