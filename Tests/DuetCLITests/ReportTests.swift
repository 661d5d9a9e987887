import DuetCLI
import SyncCore
import SyncRuntime
import SyncStore
import Testing
import WireJSON

/// What scripts and people read.
struct ReportTests {
    private static func report() -> CommandReport {
        let urls = RecordURL(
            hubspot: (base: "https://app.hubspot.com", portal: "99"),
            salesforce: "https://acme.my.salesforce.com",
            types: ["contacts": "0-1"]
        )
        var report = CommandReport(title: "Synced.", urls: urls)
        report.summary.createdInHubSpot = 1
        report.summary.createdInSalesforce = 2
        report.summary.updatedInSalesforce = 4
        report.summary.conflicts = 1
        report.calls = [.hubspot: 5, .salesforce: 6]
        let finding = Finding(
            code: .recordRejected,
            mapping: "contacts",
            hubspotID: "501",
            salesforceID: "0035g00000ABCdeAAH",
            details: ["salesforce", "STRING_TOO_LONG", "Phone"]
        )
        report.findings = [StoredFinding(finding: finding, firstSeen: 1, lastSeen: 2)]
        report.waiting = [
            .init(side: .hubspot, records: 3, reason: "waiting writes", until: 1_790_000_000_000)
        ]
        return report
    }

    @Test func `the JSON has the keys that scripts rely on`() throws {
        let json = try JSON(parsing: Array(Self.report().json().utf8))
        #expect(json["formatVersion"]?.string == "1.0")
        #expect(json["created"]?.integer == 3)
        #expect(json["updated"]?.integer == 4)
        #expect(json["unchanged"]?.integer == 0)
        #expect(json["conflicts"]?.integer == 1)
        #expect(json["createdIn"]?["salesforce"]?.integer == 2)
        #expect(json["calls"]?["hubspot"]?.integer == 5)
        #expect(json["calls"]?["salesforce"]?.integer == 6)
        let finding = try #require(json["findings"]?[0])
        #expect(finding["code"]?.string == "recordRejected")
        #expect(
            finding["hubspot"]?["url"]?.string
                == "https://app.hubspot.com/contacts/99/record/0-1/501"
        )
        #expect(
            finding["salesforce"]?["url"]?.string
                == "https://acme.my.salesforce.com/0035g00000ABCdeAAH"
        )
        #expect(json["waiting"]?[0]?["records"]?.integer == 3)
        #expect(json["waiting"]?[0]?["until"]?.string == "2026-09-21T14:13:20Z")
    }

    @Test func `a report that lists a few issues of many says how many there are`() throws {
        var report = Self.report()
        report.findingCounts = [.recordRejected: 700]
        let plain = report.text(terminal: Terminal(environment: ["NO_COLOR": "1"]))
        #expect(plain.contains("Needs you: 700"))
        #expect(plain.contains("… and 697 more"))
        let json = try JSON(parsing: Array(report.json().utf8))
        #expect(json["findingsTotal"]?.integer == 700)
        #expect(json["findings"]?.elements.count == 1)
    }

    @Test func `the screen names every record with both links and no colour where none is wanted`()
    {
        let plain = Self.report().text(terminal: Terminal(environment: ["NO_COLOR": "1"]))
        #expect(plain.contains("https://app.hubspot.com/contacts/99/record/0-1/501"))
        #expect(plain.contains("https://acme.my.salesforce.com/0035g00000ABCdeAAH"))
        #expect(plain.contains("Needs you: 1"))
        #expect(plain.contains("goes on at 2026-09-21T14:13:20Z"))
        #expect(!plain.contains("\u{1B}["))
        let colored = Self.report().text(terminal: Terminal(environment: ["FORCE_COLOR": "1"]))
        #expect(colored.contains("\u{1B}["))
    }

    @Test(arguments: [
        (SyncError.Code.usage, Int32(64)), (.unreachable, 75), (.limitReached, 75),
        (.storeBusy, 75), (.credentials, 78), (.configuration, 78), (.wrongAccount, 78),
        (.newerFormat, 78), (.storeFull, 1), (.storeDamaged, 1), (.malformedReply, 1),
    ])
    func `each failure has the exit code that scripts rely on`(code: SyncError.Code, exit: Int32) {
        #expect(CommandRunner.exitCode(for: code) == exit)
    }

    @Test func `columns line up`() {
        let lines = TextTable(
            header: ["", "HubSpot", "Salesforce"],
            rows: [["created", "1", "22"], ["a longer name", "333", "4"]]
        ).lines()
        #expect(
            lines == [
                "                 HubSpot  Salesforce", "  created              1          22",
                "  a longer name      333           4",
            ]
        )
    }
}
