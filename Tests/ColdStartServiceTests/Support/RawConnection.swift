import Foundation
import Testing

/// A connection on which a test sends bytes as it likes, such as half a request.
final class RawConnection: Sendable {
    private let descriptor: Int32

    /// Connects to a port of this machine.
    init(port: Int) async throws {
        descriptor = try await Self.aside {
            for (family, text) in [(AF_INET, "127.0.0.1"), (AF_INET6, "::1")] {
                let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
                if Self.connects(descriptor, text, port) { return descriptor }
                close(descriptor)
            }
            throw POSIXError(.ECONNREFUSED)
        }
    }

    deinit { close(descriptor) }

    func send(_ text: String) async throws {
        try await Self.aside { [descriptor] in
            let bytes = Array(text.utf8)
            let sent = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            guard sent == bytes.count else { throw POSIXError(.EPIPE) }
        }
    }

    /// What comes until the other side closes, or `seconds` have passed.
    ///
    /// - Returns: the text, and whether the other side closed.
    func receive(for seconds: Double) async throws -> (text: String, isClosed: Bool) {
        try await Self.aside { [descriptor] in
            var received: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let deadline = Date().addingTimeInterval(seconds)
            while true {
                let rest = deadline.timeIntervalSinceNow
                guard rest > 0 else { return (String(decoding: received, as: UTF8.self), false) }
                var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                guard Glibc.poll(&poll, 1, Int32(rest * 1000)) > 0 else { continue }
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { return (String(decoding: received, as: UTF8.self), true) }
                received += buffer[..<count]
            }
        }
    }

    private static func connects(_ descriptor: Int32, _ text: String, _ port: Int) -> Bool {
        if text == "::1" {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = in_port_t(port).bigEndian
            inet_pton(AF_INET6, text, &address.sin6_addr)
            return connects(descriptor, &address)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, text, &address.sin_addr)
        return connects(descriptor, &address)
    }

    private static func connects<Address>(_ descriptor: Int32, _ address: inout Address) -> Bool {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) == 0
            }
        }
    }

    /// Waits on a thread of its own: the service under test needs those of Swift's concurrency.
    private static func aside<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Result { try body() }) }.start()
        }
    }
}
