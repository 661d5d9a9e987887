import SyncRuntime
import SyncCore
import SyncStore

extension CommandReport {
    /// The screen: title, counts, what waits, what needs a person.
    package func text(terminal: Terminal) -> String {
        var lines = [terminal.bold(self.title)]
        lines += self.lines
        if let plan = self.plan {
            lines += plan.lines(urls: self.urls)
        } else if self.showsCounts {
            lines += self.counts()
        }
        lines += self.waitingLines()
        lines += self.findingLines(terminal)
        lines.append(
            terminal.dim(
                "API calls: HubSpot \(self.calls[.hubspot] ?? 0), "
                    + "Salesforce \(self.calls[.salesforce] ?? 0)"
            )
        )
        return lines.joined(separator: "\n")
    }

    private func counts() -> [String] {
        let deleted = [self.summary.deletedInHubSpot, self.summary.deletedInSalesforce]
        let table = TextTable(
            header: ["", "HubSpot", "Salesforce"],
            rows: [
                [
                    "created", "\(self.summary.createdInHubSpot)",
                    "\(self.summary.createdInSalesforce)",
                ],
                [
                    "updated", "\(self.summary.updatedInHubSpot)",
                    "\(self.summary.updatedInSalesforce)",
                ],
            ] + (deleted == [0, 0] ? [] : [["deleted"] + deleted.map { "\($0)" }])
        )
        var lines = table.lines()
        if self.summary.linked > 0 {
            lines.append("Newly synced with each other: \(self.summary.linked)")
        }
        if self.summary.conflicts > 0 {
            lines.append("Fields edited on both sides: \(self.summary.conflicts)")
        }
        if self.summary.notIncluded > 0 {
            lines.append("Left out by `include`: \(self.summary.notIncluded)")
        }
        return lines
    }

    private func waitingLines() -> [String] {
        self.waiting.map { item in
            let until = item.until.map { ", goes on at \(Clock.text($0))" } ?? ""
            return "Waiting for \(Words.name(of: item.side)): \(item.records) "
                + "(\(item.reason)\(until))"
        }
    }

    private func findingLines(_ terminal: Terminal) -> [String] {
        guard !self.findings.isEmpty else { return [] }
        var byCode: [Finding.Code: [StoredFinding]] = [:]
        for stored in self.findings { byCode[stored.finding.code, default: []].append(stored) }
        var lines = [terminal.bold("Needs you: \(self.findingsTotal)")]
        for code in Finding.Code.allCases {
            guard let group = byCode[code] else { continue }
            let count = self.findingCounts[code] ?? group.count
            lines.append("  \(Words.headline(of: code)): \(count)")
            for stored in group.prefix(Self.examplesMax) {
                lines.append("    " + self.line(of: stored.finding))
            }
            if count > Self.examplesMax {
                let more = count - Self.examplesMax
                let command = self.plan == nil ? "duet status" : "this command"
                lines.append("    … and \(more) more: \(command) --json names all")
            }
            lines.append("    → " + Words.nextStep(for: code))
        }
        return lines
    }

    private func line(of finding: Finding) -> String {
        let records = Side.allCases.compactMap { side -> String? in
            let id = side == .hubspot ? finding.hubspotID : finding.salesforceID
            return id.map { self.urls.url(of: $0, on: side, in: finding) ?? $0 }
        }
        let details =
            finding.details.isEmpty ? "" : " [" + finding.details.joined(separator: ", ") + "]"
        return (records.isEmpty ? finding.mapping : records.joined(separator: "  ⇄  ")) + details
    }

    private static let examplesMax = 3
}
