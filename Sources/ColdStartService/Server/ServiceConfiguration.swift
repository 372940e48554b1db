import FloatKernels

/// What can be set of the service. Each default stands here and nowhere else.
public struct ServiceConfiguration: Sendable {
    /// The address to listen at: this machine only, unless told. Others need keys.
    public var host = "127.0.0.1"
    /// The port to listen at; 0 for any that is free.
    public var port = 8080
    /// Threads of trainings and of placing items.
    public var threads = ThreadPool.processorCount
    /// Bytes of the largest body of a request: 413 beyond.
    public var bodyLimit = 16 << 20
    /// Connections that are open at once; others wait to be accepted.
    public var connections = 1_000
    /// Requests that are at work at once: 503 beyond.
    public var concurrency = 512
    /// Requests a second for every key, or address without one: 429 beyond. 0 sets no limit.
    public var rate = 0.0
    /// Requests that may come at once before the rate holds.
    public var burst = 100
    /// Seconds after which a connection on which nothing happens is closed.
    public var idleTimeout = 60.0
    /// Seconds in which a request must have come whole, and in which an answer must find its reader.
    public var bodyTimeout = 30.0
    /// File of the certificate chain in PEM; nil to speak plain HTTP.
    public var tlsCertificate: String?
    /// File of the certificate's key in PEM.
    public var tlsKey: String?
    /// What is logged: this level and those above.
    public var logLevel = LogLevel.notice
    /// How it is logged.
    public var logFormat = LogFormat.automatic
    /// New items without place in the model after which a retrain begins by itself; 0 for never.
    public var retrainAfterItems = 0
    /// Ratings since the last training after which a retrain begins by itself; 0 for never.
    public var retrainAfterRatings = 0
    /// Hours after which a retrain begins by itself; 0 for never.
    public var retrainEveryHours = 0.0

    /// How much is logged.
    public enum LogLevel: String, CaseIterable, Sendable {
        /// Errors only; warnings too; what an operator should know; every request; and more and more beyond.
        case error, warning, notice, info, debug, trace
    }

    /// The form of a line of the log.
    public enum LogFormat: String, CaseIterable, Sendable {
        /// Text where standard error is a terminal, JSON where it is not.
        case automatic = "auto"
        /// For people; an object a line, for machines.
        case text, json
    }

    /// The defaults.
    public init() {}
}
