"""From text to sound: one interface; espeak-ng, sherpa-onnx, an operator's recordings, a null twin behind it."""
