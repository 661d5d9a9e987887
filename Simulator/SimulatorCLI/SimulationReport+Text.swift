import Foundation
import SimulationKit
import WireJSON

/// How a run is printed.
extension SimulationReport {
    var seedLine: String { self.tape.seedLine }

    private var hash: String { String(self.traceHash, radix: 16) }

    /// How much faster than the clock on the wall.
    private func ratio(_ seconds: Double) -> Int {
        Int(Double(self.virtualTime) / 1_000 / max(seconds, 0.001))
    }

    func text(seconds: Double) -> String {
        let days = String(format: "%.2f", Double(self.virtualTime) / 86_400_000)
        let weather = self.profile.weather
        var lines = [
            "\(self.seedLine), trace \(self.hash)",
            "  drawn      latency to \(weather.latencyMax) ms, lost requests "
                + "\(weather.lostRequestsPercent) %, lost replies \(weather.lostRepliesPercent) %, "
                + "kills \(self.profile.kills), server faults "
                + (self.profile.hasServerFaults ? "on" : "off"),
            "  ran        \(days) virtual days, \(self.jobs) jobs, \(self.ratio(seconds)) × real time",
            "  records    \(self.records) on both sides",
            "  API calls  HubSpot \(self.hubspotCalls), Salesforce \(self.salesforceCalls), "
                + "of these without a reply \(self.unknownCalls)",
            "  engine     killed \(self.kills) times, \(self.conflicts) conflicts, "
                + "\(self.raced) edits raced, \(self.findings) issues open, "
                + "\(self.deferrals) passes waited for calls",
        ]
        let more = Self.more(self.profile)
        if !more.isEmpty {
            lines.insert("             " + more.joined(separator: ", "), at: 2)
        }
        if let quota = self.profile.quota {
            lines.insert(
                "             calls a day HubSpot \(quota.hubspotCalls), Salesforce "
                    + "\(quota.salesforceCalls), ours \(quota.sharePercent) %, reserve "
                    + "\(quota.reservePercent) %, others use \(quota.foreignPercent) %, limits "
                    + (quota.movesLimits ? "move" : "stay"),
                at: 2
            )
        }
        if self.bystander.sent > 0 {
            lines.append(
                "  others     another integration sent \(self.bystander.sent) requests, "
                    + "\(self.bystander.done) were carried out"
            )
        }
        if self.violations.isEmpty {
            lines.append("  checks     every promise held")
        } else {
            let names = Set(self.violations.map(\.invariant)).sorted().joined(separator: ", ")
            lines.append("  checks     BROKEN: \(names)")
        }
        return lines.joined(separator: "\n")
    }

    func write(to root: inout JSONWriter, seconds: Double) {
        self.tape.writeSeed(to: &root)
        root.member("traceHash", self.hash)
        self.violations.write(to: &root)
        let numbers: [(String, Int)] = [
            ("records", self.records), ("jobs", self.jobs),
            ("virtualMilliseconds", Int(self.virtualTime)),
            ("realMilliseconds", Int(seconds * 1_000)),
            ("virtualToReal", self.ratio(seconds)), ("hubspotCalls", self.hubspotCalls),
            ("salesforceCalls", self.salesforceCalls), ("unknownCalls", self.unknownCalls),
            ("kills", self.kills), ("conflicts", self.conflicts), ("raced", self.raced),
            ("findings", self.findings), ("deferrals", self.deferrals),
        ]
        for (name, number) in numbers { root.member(name, number) }
        root.name("bystander")
        root.object { families in
            for (name, tally) in self.bystander.tallies.sorted(by: { $0.key < $1.key }) {
                families.name(name)
                families.object { family in
                    family.member("sent", tally.sent)
                    family.member("done", tally.done)
                }
            }
        }
        root.name("probes")
        root.object { probes in
            for probe in Probe.allCases {
                guard let hits = self.probes[probe] else { continue }
                probes.member(probe.rawValue, hits)
            }
        }
    }

    /// What else a seed drew, in words.
    private static func more(_ profile: SimulationProfile) -> [String] {
        var words: [String] = []
        if profile.indexDelay > 5_000 { words.append("search lags \(profile.indexDelay) ms") }
        if profile.commitDelay > 0 { words.append("commits show \(profile.commitDelay) ms late") }
        if profile.hidesRecords { words.append("hidden records") }
        if let wire = profile.weather.wire {
            let rates = [
                ("doubled", wire.duplicatesPercent), ("late", wire.lateLandingsPercent),
                ("trickled", wire.tricklesPercent), ("spoiled", wire.spoiledPercent),
            ]
            words += rates.filter { $0.1 > 0 }.map { "\($0.0) messages \($0.1) %" }
        }
        if profile.outages != nil { words.append("outages") }
        if profile.clocks != nil { words.append("wrong clocks") }
        if profile.lives != nil { words.append("merges and deletes") }
        if profile.schema != nil { words.append("changed fields") }
        if profile.rules != nil { words.append("rules that come and go") }
        if profile.rights != nil { words.append("rights that come and go") }
        if profile.troubles != nil { words.append("CRMs that fail and slow down") }
        if let worlds = profile.worlds { words += worlds.words }
        if let family = profile.family { words.append(family.words) }
        if let objects = profile.objects { words.append(objects.words) }
        if let ties = profile.ties { words.append(ties.words) }
        if let roles = profile.roles { words.append(roles.words) }
        if let lists = profile.lists { words.append(lists.words) }
        if let members = profile.members { words.append(members.words) }
        if profile.erasures != nil { words.append("people who are erased") }
        if let feeds = profile.feeds {
            words.append(
                "an observer of the feeds, away up to \(feeds.awayMax / 1_000) s, events kept "
                    + "\(feeds.retention / 1_000) s, lost messages \(feeds.lostPercent) %"
            )
        }
        if let disk = profile.disk {
            words.append("disk faults" + (disk.restores ? " and restored backups" : ""))
        }
        if let crowd = profile.crowd { words.append("odd texts, imports of \(crowd.importMax)") }
        if profile.hasNarrowLimits { words.append("tiny batches") }
        if let rows = profile.pageRowsMax { words.append("pages of \(rows) rows") }
        if profile.hasQuarrel { words.append("workflows that fight") }
        return words
    }
}
