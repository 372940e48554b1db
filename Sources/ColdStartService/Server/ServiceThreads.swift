import NIOCore
import NIOPosix

/// On which threads the service waits for clients.
public enum ServiceThreads {
    /// Lets Swift's concurrency run on the threads that read and write sockets, instead of handing every request over to others
    /// and back. Nothing that computes or waits is done there: see `Worker`.
    ///
    /// To be called once, on the main thread, before anything concurrent. Where the toolchain does not support it, requests are
    /// handed over, and everything works as well.
    @MainActor public static func joinEventLoops() {
        NIOSingletons.unsafeTryInstallSingletonPosixEventLoopGroupAsConcurrencyGlobalExecutor()
    }
}
