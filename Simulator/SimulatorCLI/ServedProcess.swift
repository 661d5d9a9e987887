import DemoKit
import Foundation
import WireJSON

/// `duet-simulator serve` as a process of its own, looked at from outside.
struct ServedProcess: Sendable {
    let hubspotURL: String
    let hubspotToken: String
    let salesforceURL: String
    let salesforceClient: (id: String, secret: String)
    private let child: ChildProcess

    /// Starts this program once more and waits for its first line.
    ///
    /// - Throws: `LoadFailure` where it does not start.
    init(arguments: [String]) throws {
        self.child = ChildProcess(Self.executable, ["serve"] + arguments)
        try self.child.start()
        guard let line = self.child.readLine(), let ready = try? JSON(parsing: Array(line.utf8)),
            let hubspot = ready["hubspot"], let salesforce = ready["salesforce"],
            let hubspotURL = hubspot["baseURL"]?.string, let token = hubspot["token"]?.string,
            let salesforceURL = salesforce["baseURL"]?.string,
            let id = salesforce["clientID"]?.string,
            let secret = salesforce["clientSecret"]?.string
        else {
            self.child.terminate()
            throw LoadFailure("duet-simulator serve did not start.")
        }
        self.hubspotURL = hubspotURL
        self.hubspotToken = token
        self.salesforceURL = salesforceURL
        self.salesforceClient = (id, secret)
    }

    var isRunning: Bool { self.child.isRunning }

    func stop() { self.child.terminate() }

    /// The bytes of memory that the process holds, or `nil` where the system does not say.
    var residentBytes: Int? { self.bytes("VmRSS:") }

    /// The most bytes of memory that it ever held.
    var peakBytes: Int? { self.bytes("VmHWM:") }

    private func bytes(_ name: String) -> Int? {
        let path = "/proc/\(self.child.identifier)/status"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) })
        else { return nil }
        return line.split(separator: " ").compactMap { Int($0) }.first.map { $0 * 1_024 }
    }

    private static var executable: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
    }
}
