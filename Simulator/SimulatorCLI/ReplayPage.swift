package import SimulationKit
import SyncCore
import WireJSON

/// One page that plays a run again in a browser: the template with the run's data in it.
///
/// It loads nothing, so that it works from a file, in an attachment and without a network.
package struct ReplayPage {
    package let bytes: [UInt8]

    /// `nil` where the run was not recorded.
    package init?(_ report: SimulationReport) {
        guard let recording = report.recording else { return nil }
        var writer = JSONWriter(reserving: 1 << 20)
        writer.object { root in
            root.member("seedLine", report.seedLine)
            Self.write(Self.facts(report), to: &root)
            ReplayData(recording, violations: report.violations).write(to: &root)
        }
        self.bytes = Self.filled(with: writer.bytes)
    }

    private static func facts(_ report: SimulationReport) -> [(String, String)] {
        let weather = report.profile.weather
        return [
            ("records on both sides", "\(report.records)"),
            ("calls HubSpot / Salesforce", "\(report.hubspotCalls) / \(report.salesforceCalls)"),
            ("calls without a reply", "\(report.unknownCalls)"),
            ("deaths of the engine", "\(report.kills)"),
            ("conflicts recorded", "\(report.conflicts)"),
            ("edits raced", "\(report.raced)"),
            ("issues open", "\(report.findings)"),
            ("one way takes up to", "\(weather.latencyMax) ms"),
            ("trace", String(report.traceHash, radix: 16)),
        ]
    }

    private static func write(_ facts: [(String, String)], to root: inout JSONWriter) {
        root.name("facts")
        root.array { list in
            for (name, value) in facts {
                list.array { pair in
                    pair.string(name)
                    pair.string(value)
                }
            }
        }
    }

    /// The template with style, script and data at their marks.
    private static func filled(with json: [UInt8]) -> [UInt8] {
        let parts: [(mark: String, bytes: [UInt8])] = [
            ("/*STYLE*/", PackageResources.replay_css),
            ("/*DATA*/", Self.escaped(json)),
            ("/*SCRIPT*/", PackageResources.replay_js),
        ]
        var page: [UInt8] = []
        var rest = PackageResources.replay_html[...]
        for (mark, bytes) in parts {
            guard let range = rest.firstRange(of: Array(mark.utf8)) else { continue }
            page += rest[..<range.lowerBound]
            page += bytes
            rest = rest[range.upperBound...]
        }
        return page + rest
    }

    /// No value may end the element that holds it: `<` becomes its escape.
    private static func escaped(_ json: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(json.count)
        for byte in json {
            if byte == UInt8(ascii: "<") {
                bytes += "\\u003c".utf8
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}
