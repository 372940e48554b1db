/// Which addresses only this machine reaches.
enum ListenAddress {
    /// Whether a host is this machine to itself: `localhost`, 127.0.0.0/8, or ::1, with or without brackets.
    static func isLoopback(_ host: some StringProtocol) -> Bool {
        let name = host.lowercased()
        if ["localhost", "::1", "[::1]"].contains(name) { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The host of an authority such as `localhost:8080`.
    static func host(of authority: String) -> Substring {
        if authority.hasPrefix("[") {
            return authority.firstIndex(of: "]").map { authority[...$0] } ?? authority[...]
        }
        return authority.prefix { $0 != ":" }
    }
}
