import FloatKernels

/// What can be set of the service. Each default stands here and nowhere else.
public struct ServiceConfiguration: Sendable {
    /// The address to listen at: this machine only, unless told.
    public var host = "127.0.0.1"
    /// The port to listen at.
    public var port = 8080
    /// Threads of trainings and of placing items.
    public var threads = ThreadPool.processorCount
    /// Bytes of the largest body of a request.
    public var bodyLimit = 16 << 20

    /// The defaults.
    public init() {}
}
