public import FloatKernels

/// The layers by name, with the shapes taken from the value.
extension NetworkBuilder {
    /// Two-dimensional convolution of H×W×C, with what follows it (`Conv2D`).
    public mutating func convolution2D(
        _ name: String, of value: NetworkValue, filters: Int, size: Int = 3, stride: Int = 1,
        padding: Int = 0, activation: Activation = .none, pooling: ConvolutionPooling = .none
    ) -> NetworkValue {
        let layer = Conv2D(
            inputShape: value.shape, filters: filters, size: size, stride: stride, padding: padding,
            activation: activation, pooling: pooling)
        return add(layer, to: value, name: name)
    }

    /// One-dimensional convolution of L×C, with what follows it (`Conv1D`).
    public mutating func convolution1D(
        _ name: String, of value: NetworkValue, filters: Int, width: Int, keepsLength: Bool = true,
        activation: Activation = .none, pooling: ConvolutionPooling = .none
    ) -> NetworkValue {
        let layer = Conv1D(
            inputShape: value.shape, filters: filters, width: width, keepsLength: keepsLength,
            activation: activation, pooling: pooling)
        return add(layer, to: value, name: name)
    }

    /// Fully connected (`Linear`).
    public mutating func linear(_ name: String, of value: NetworkValue, outputs: Int) -> NetworkValue {
        add(Linear(inputShape: value.shape, outputs: outputs), to: value, name: name)
    }

    /// max(x, 0) (`ReLU`).
    public mutating func relu(_ value: NetworkValue) -> NetworkValue {
        add(ReLU(inputShape: value.shape), to: value)
    }

    /// Dropout while training (`Dropout`).
    public mutating func dropout(_ value: NetworkValue, probability: Float) -> NetworkValue {
        add(Dropout(inputShape: value.shape, probability: probability), to: value)
    }

    /// Mean, maximum or sum over all positions (`GlobalPool`).
    public mutating func globalPool(_ pooling: GlobalPooling, of value: NetworkValue) -> NetworkValue {
        add(GlobalPool(pooling, inputShape: value.shape), to: value)
    }
}
