import Foundation
import HTTPTransport
import WireJSON

/// What it took to save everything, to load it again, and whether it is the same.
struct LoadSnapshot: Sendable {
    var bytes = 0
    var saveSeconds = 0.0
    var loadSeconds = 0.0
    /// Bytes of memory before the save, and the most that the load took.
    var memoryBefore = 0
    var memoryPeak = 0
    var isEqual = false

    /// Loading takes no second copy of the records.
    var isGood: Bool { self.isEqual && Double(self.memoryPeak) < 1.5 * Double(self.memoryBefore) }

    /// Stops what is served, which saves it, and starts it again from the file.
    static func check(
        _ served: ServedProcess,
        _ transport: CurlTransport,
        _ file: String
    ) async throws -> LoadSnapshot {
        var check = LoadSnapshot()
        check.memoryBefore = served.residentBytes ?? 0
        let records = try await Self.records(served, transport)
        let start = ProcessInfo.processInfo.systemUptime
        served.stop()
        let saved = ProcessInfo.processInfo.systemUptime
        check.saveSeconds = saved - start
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        check.bytes = (attributes[.size] as? Int) ?? 0
        let loaded = try ServedProcess(arguments: ["--load", file])
        defer { loaded.stop() }
        check.loadSeconds = ProcessInfo.processInfo.systemUptime - saved
        check.memoryPeak = loaded.peakBytes ?? 0
        check.isEqual = try await Self.records(loaded, transport) == records
        return check
    }

    private static func records(
        _ served: ServedProcess,
        _ transport: CurlTransport
    ) async throws -> [[UInt8]] {
        var records: [[UInt8]] = []
        for object in ["contacts", "companies", "Contact", "Account"] {
            let url = served.hubspotURL + "/_control/export/" + object
            let response = try await transport.send(HTTPRequest(method: .get, url: url))
            guard response.status == 200, response.body.count > 1_000 else {
                throw LoadFailure("\(object) cannot be exported: \(response.status).")
            }
            records.append(response.body)
        }
        return records
    }

    var line: String {
        let times = [self.saveSeconds, self.loadSeconds].map { "\(($0 * 10).rounded() / 10)" }
        return
            "snapshot: \(self.bytes >> 20) MiB, saved in \(times[0]) s, loaded in \(times[1]) s, "
            + "memory \(self.memoryBefore >> 20) MiB, at most \(self.memoryPeak >> 20) MiB after it"
    }

    func write(into writer: inout JSONWriter) {
        writer.object { item in
            item.member("bytes", self.bytes)
            item.member("saveSeconds", "\(self.saveSeconds)")
            item.member("loadSeconds", "\(self.loadSeconds)")
            item.member("memoryBefore", self.memoryBefore)
            item.member("memoryPeak", self.memoryPeak)
            item.member("equal", self.isEqual)
        }
    }
}
