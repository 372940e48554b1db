#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// An operating system thread that runs one closure and is then joined.
///
/// Unchecked, because the handle is a pointer on some systems; POSIX lets any thread join it.
struct WorkerThread: @unchecked Sendable {
    private let handle: pthread_t

    /// Nil where the system refuses another thread.
    init?(_ body: @escaping @Sendable () -> Void) {
        let context = Unmanaged.passRetained(Context(body)).toOpaque()
        #if canImport(Darwin)
            var created: pthread_t?
            let status = pthread_create(&created, nil, { Context.run($0) }, context)
            guard status == 0, let created else {
                Unmanaged<Context>.fromOpaque(context).release()
                return nil
            }
        #else
            var created = pthread_t()
            guard pthread_create(&created, nil, { Context.run($0) }, context) == 0 else {
                Unmanaged<Context>.fromOpaque(context).release()
                return nil
            }
        #endif
        handle = created
    }

    /// Waits for the closure to return.
    func join() {
        pthread_join(handle, nil)
    }
}

/// Carries a closure through the C function pointer that a thread starts with.
private final class Context {
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        Unmanaged<Context>.fromOpaque(context).takeRetainedValue().body()
        return nil
    }
}
