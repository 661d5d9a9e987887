/// How the transport behaves; times in milliseconds, sizes in bytes.
package struct CurlSettings: Sendable, Hashable {
    package var connectTimeout: Int64 = 15_000
    package var totalTimeout: Int64 = 120_000
    /// A transfer slower than this for `lowSpeedSeconds` is given up.
    package var lowSpeedBytes = 1
    package var lowSpeedSeconds = 60
    package var replyMax = 64 << 20
    /// Idle connections older than this many seconds are not used again.
    package var idleSecondsMax = 60
    package var inFlightMax = 16
    package var waitingMax = 1_000
    /// Lets plain http leave this machine; tokens would travel in clear text.
    package var allowsPlainHTTP = false
    package var proxy: String?
    /// A file with the certificate authorities to trust, instead of the system's.
    package var authorityFile: String?

    package init() {}
}
