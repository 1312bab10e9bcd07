"""Reads the event files of a run with TensorBoard's own loader and tells what it has found: `read.py <folder>`."""

import json
import sys

from tensorboard.backend.event_processing import plugin_event_accumulator
from tensorboard.plugins.hparams import metadata as hparams
from tensorboard.plugins.text import text_plugin
from tensorboard.util import tensor_util

run = plugin_event_accumulator.EventAccumulator(sys.argv[1], size_guidance={"tensors": 0})
run.Reload()
found = {"scalars": {}, "texts": {}, "html": {}, "params": {}, "ended": False, "kinds": {}}
for tag in run.Tags()["tensors"]:
    metadata = run.SummaryMetadata(tag)
    plugin = metadata.plugin_data.plugin_name
    found["kinds"][tag] = plugin
    values = [(event.step, tensor_util.make_ndarray(event.tensor_proto), event.wall_time) for event in run.Tensors(tag)]
    if plugin == "scalars":
        found["scalars"][tag] = [[step, float(value), wall_time] for step, value, wall_time in values]
    elif plugin == "text":
        found["texts"][tag] = [[step, value.item().decode()] for step, value, _ in values]
        found["html"][tag] = text_plugin.text_array_to_html(values[-1][1], True)
    elif plugin == "hparams" and tag == hparams.SESSION_START_INFO_TAG:
        start = hparams.parse_session_start_info_plugin_data(metadata.plugin_data.content)
        found["group"] = start.group_name
        for name, value in start.hparams.items():
            found["params"][name] = getattr(value, value.WhichOneof("kind"))
    elif plugin == "hparams" and tag == hparams.SESSION_END_INFO_TAG:
        end = hparams.parse_session_end_info_plugin_data(metadata.plugin_data.content)
        found["ended"] = end.status == 1
print(json.dumps(found))
