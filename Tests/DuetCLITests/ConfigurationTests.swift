import Foundation
import DuetCLI
import HubSpotConnector
import SalesforceConnector
import SyncCore
import Testing

/// What people get wrong in the file, and the line that says so.
struct ConfigurationTests {
    private static let good = """
        version: 1
        hubspot: {token: env:HUBSPOT_TOKEN}
        salesforce:
          oauth: {clientID: env:ID, clientSecret: env:SECRET}
        mappings:
          - name: contacts
            hubspot: contacts
            salesforce: [Contact]
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
        """

    private static func problems(_ text: String) -> [String] {
        do {
            _ = try ConfigurationReader.read(text, path: "duet.yaml")
            return []
        } catch {
            return error.problems.map { $0.text(in: "duet.yaml") }
        }
    }

    @Test func `S36: what init writes is a valid configuration, and so is the shortest one`() throws
    {
        let template = try ConfigurationReader.read(ConfigurationTemplate.text, path: "duet.yaml")
        #expect(template.mappings.map(\.name) == ["contacts"])
        let standard = DefaultMapping.of("contacts")?.rows.filter { $0.off == nil } ?? []
        #expect(template.mappings.first?.fields.map(\.hubspot) == standard.map(\.hubspot))
        #expect(Self.problems(Self.good).isEmpty)
    }

    @Test func `a mapping of companies needs no more than its fields`() throws {
        let text = Self.good.replacing("name: contacts", with: "name: firms")
            .replacing("hubspot: contacts", with: "hubspot: companies")
            .replacing("    salesforce: [Contact]\n", with: "")
            .replacing("hubspot: email, salesforce: Email", with: "hubspot: name, salesforce: Name")
        let mapping = try #require(
            try ConfigurationReader.read(text, path: "duet.yaml").mappings.first
        )
        #expect(mapping.name == "firms")
        #expect(mapping.salesforce == ["Account"])
        #expect(mapping.createAs == "Account")
        #expect(mapping.match == ["name"])
        #expect(mapping.hubspotKeys == ["Account": "sf_account_key"])
    }

    @Test func `the template's mappings that are commented out are right`() throws {
        let text = ConfigurationTemplate.text
        let start = try #require(text.range(of: "mappings:")).lowerBound
        let lines = text[start...].split(separator: "\n", omittingEmptySubsequences: false)
        let opened = lines.map { line -> Substring in
            let rest = line.dropFirst(4)
            let isOpened = rest.hasPrefix("- name:") || rest.hasPrefix("  ")
            guard line.hasPrefix("  # "), isOpened else { return line }
            return "  " + rest
        }
        let mappings = try ConfigurationReader.read(
            text[..<start] + opened.joined(separator: "\n"),
            path: "duet.yaml"
        ).mappings
        let records = ["contacts", "companies", "deals", "tickets"]
        let activities = ["tasks", "meetings", "calls", "emails", "notes"]
        #expect(mappings.map(\.name) == records + activities + ["cars"])
        #expect(mappings[2].hubspotKeys == ["Opportunity": "sf_opportunity_key"])
        #expect(mappings[2].fields[3].rejectsUnlisted == true)
        #expect(mappings[3].match.isEmpty)
    }

    private static let deals = good.replacing("name: contacts", with: "name: deals")
        .replacing("hubspot: contacts", with: "hubspot: deals")
        .replacing("    salesforce: [Contact]\n", with: "")
        .replacing(
            "hubspot: email, salesforce: Email",
            with: "hubspot: dealstage, salesforce: StageName"
        )

    @Test func `HubSpot's stages are listed, and only what is listed goes over`() throws {
        let text = Self.deals.replacing(
            "hubspot: deals\n",
            with: "hubspot: deals\n    match: none\n"
        )
        #expect(
            Self.problems(text).contains { $0.contains("`dealstage` holds ids that only HubSpot") }
        )
        let listed = text.replacing(
            "salesforce: StageName",
            with: "salesforce: StageName, values: {closedwon: Closed Won}"
        )
        #expect(Self.problems(listed).isEmpty)
        let kept = text.replacing(
            "salesforce: StageName",
            with: "salesforce: StageName, unlisted: keep"
        )
        #expect(Self.problems(kept).isEmpty)
        #expect(
            Self.problems(kept.replacing("unlisted: keep", with: "unlisted: kep")).contains {
                $0.contains("`unlisted: kep` is unknown.") && $0.contains("keep")
            }
        )
    }

    private static let tasks = good.replacing("name: contacts", with: "name: tasks")
        .replacing("hubspot: contacts", with: "hubspot: tasks")
        .replacing("    salesforce: [Contact]\n", with: "    creates: hubspot\n")
        .replacing(
            "hubspot: email, salesforce: Email",
            with: "hubspot: hs_task_subject, salesforce: Subject"
        )

    @Test func `activities are tied by keys, those of notes by their own`() throws {
        let mapping = try #require(
            try ConfigurationReader.read(Self.tasks, path: "duet.yaml").mappings.first
        )
        #expect(mapping.salesforce == ["Task"])
        #expect(mapping.match.isEmpty)
        #expect(mapping.salesforceKey == "HubSpot_Record_ID__c")
        #expect(mapping.hubspotKeys == ["Task": "sf_task_key"])
        #expect(mapping.creates == .hubspot)
        let notes = try ConfigurationReader.read(
            Self.tasks.replacing("hubspot: tasks", with: "hubspot: notes"),
            path: "duet.yaml"
        )
        #expect(notes.mappings.first?.salesforceKey == "HubSpot_Note_ID__c")
        let meetings = try ConfigurationReader.read(
            Self.tasks.replacing("hubspot: tasks", with: "hubspot: meetings"),
            path: "duet.yaml"
        )
        #expect(meetings.mappings.first?.hubspotKeys == ["Event": "sf_event_key"])
        #expect(
            Self.problems(Self.tasks.replacing("creates: hubspot", with: "creates: hubspo"))
                .contains { $0.contains("`creates: hubspo` is unknown. Did you mean `hubspot`?") }
        )
        #expect(
            Self.problems(Self.good.replacing("    fields", with: "    taskType: Call\n    fields"))
                .contains { $0.contains("`taskType` is for mappings with Task") }
        )
    }

    @Test(arguments: [
        ("form_submissions", "the submissions of one form at a time"),
        ("Form submission", "the submissions of one form at a time"),
        ("marketing email opened", "an event, which no association ties"),
        ("marketing_email_clicks", "an event, which no association ties"),
        ("sales email opened", "who opened or clicked a sales e-mail"),
        ("sales content viewed", "who viewed a document"),
        ("integration events", "by that app only"),
    ])
    func `V01: what native makes tasks of and this does not is named, with the reason`(
        name: String,
        reason: String
    ) {
        let problems = Self.problems(
            Self.tasks.replacing("hubspot: tasks", with: "hubspot: \(name)")
        )
        #expect(problems.count == 1)
        #expect(problems.first?.contains("`\(name)` is not synced: ") == true)
        #expect(problems.first?.contains(reason) == true)
    }

    @Test func `what matches is a mapped property that is no reference, also as a single name`() {
        let text = Self.good.replacing(
            "    salesforce: [Contact]\n",
            with: "    salesforce: [Contact]\n    match: emial\n"
        )
        #expect(Self.problems(text).contains { $0.contains("`match` names `emial`") })
        #expect(Self.problems(text.replacing("emial", with: "None")).isEmpty)
        #expect(
            Self.problems(text.replacing("emial", with: "associatedcompanyid")).contains {
                $0.contains("names another record")
            }
        )
    }

    @Test func `without match and without keys nothing ties records`() {
        let text = Self.good.replacing(
            "    salesforce: [Contact]\n",
            with: "    salesforce: [Contact]\n    match: none\n    keys: none\n"
        )
        #expect(Self.problems(text).contains { $0.contains("nothing tells which records belong") })
    }

    @Test func `contacts cannot be Accounts`() {
        let text = Self.good.replacing("[Contact]", with: "[Account]")
        #expect(
            Self.problems(text).contains {
                $0.contains("HubSpot contacts are not synced with `Account`.")
            }
        )
    }

    @Test func `versions are pinned unless the file names others`() throws {
        let pinned = try ConfigurationReader.read(Self.good, path: "duet.yaml")
        #expect(pinned.hubspot.apiVersion == .pinned)
        #expect(pinned.salesforce.apiVersion == .pinned)
        let text = Self.good
            .replacing("{token:", with: "{apiVersion: \"2026-03\", token:")
            .replacing("  oauth:", with: "  apiVersion: \"64.0\"\n  oauth:")
        let other = try ConfigurationReader.read(text, path: "duet.yaml")
        #expect(other.hubspot.apiVersion == .march2026)
        #expect(other.salesforce.apiVersion == SalesforceVersion("64.0"))
    }

    /// S07: what both vendors have announced is told at the start, while it still works.
    @Test func `versions whose end is near are told with their setting`() throws {
        let november2026: Int64 = 1_795_737_600_000
        let halfAYearBefore: Int64 = 1_806_800_000_000
        let pinned = try ConfigurationReader.read(Self.good, path: "duet.yaml")
        #expect(VersionNotices.texts(pinned, now: november2026).isEmpty)
        var old = pinned
        old.hubspot.apiVersion = .march2026
        old.salesforce.apiVersion = SalesforceVersion("40.0")
        let early = VersionNotices.texts(old, now: november2026)
        #expect(early.count == 1)
        for word in ["version 40.0", "Summer '28", "`apiVersion` under `salesforce`", "62.0"] {
            #expect(early.joined().contains(word), "\(early)")
        }
        let late = VersionNotices.texts(old, now: halfAYearBefore)
        #expect(late.count == 2)
        for word in ["2026-03", "30 September 2027", "`apiVersion` under `hubspot`"] {
            #expect(late.first?.contains(word) == true, "\(late)")
        }
        let atTheEnd = VersionNotices.texts(pinned, now: HubSpotVersion.pinned.endsAt)
        #expect(atTheEnd.joined().contains("update Duet"))
    }

    @Test func `a strict guard is asked for by name`() throws {
        let plain = try ConfigurationReader.read(Self.good, path: "duet.yaml")
        #expect(!plain.isGuardStrict)
        let strict = try ConfigurationReader.read(
            Self.good + "\nguard: strict\n",
            path: "duet.yaml"
        )
        #expect(strict.isGuardStrict)
        let wrong = Self.problems(Self.good + "\nguard: tight\n")
        #expect(wrong.joined().contains("Write `normal` or `strict`"))
    }

    @Test func `Salesforce can be signed in to with a key`() throws {
        let old = "clientSecret: env:SECRET"
        let text = Self.good.replacing(old, with: "username: u@x.test, privateKey: env:KEY")
        let read = try ConfigurationReader.read(text, path: "duet.yaml")
        #expect(read.salesforce.assertion?.username == "u@x.test")
        #expect(Self.problems(Self.good).isEmpty)
        let nobody = Self.problems(Self.good.replacing(old, with: "privateKey: env:KEY"))
        #expect(nobody.joined().contains("`username` is missing"))
        let both = Self.problems(text.replacing("username", with: "refreshToken: env:T, username"))
        #expect(both.joined().contains("both `refreshToken` and `privateKey`"))
    }

    struct Mistake: Sendable {
        var old: String
        var new: String
        var says: [String]
    }

    private static let mistakes = [
        Mistake(old: "version: 1\n", new: "", says: ["duet.yaml:1:1: `version` is missing."]),
        Mistake(
            old: "version: 1",
            new: "version: 2",
            says: ["duet.yaml:1:10:", "`version: 1` only"]
        ),
        Mistake(
            old: "hubspot: {token",
            new: "hubspot: {tokn",
            says: ["duet.yaml:2:11:", "`tokn`", "Did you mean `token`?"]
        ),
        Mistake(
            old: "env:HUBSPOT_TOKEN",
            new: "pat-na1-canary",
            says: ["duet.yaml:2:18:", "must say where the secret is", "`env:NAME`"]
        ),
        Mistake(
            old: "  oauth: {clientID: env:ID, clientSecret: env:SECRET}",
            new: "  loginURL: login.salesforce.com",
            says: ["duet.yaml:4:13:", "is not a web address", "https://", "`oauth` is missing"]
        ),
        Mistake(
            old: "{token: env:HUBSPOT_TOKEN}",
            new: "{token: env:HUBSPOT_TOKEN, apiVersion: 2026-04}",
            says: ["duet.yaml:2:", "a version of HubSpot's API", "`\"2026-09\"`", "`\"v3\"`"]
        ),
        Mistake(
            old: "  oauth: {clientID: env:ID",
            new: "  apiVersion: \"20.0\"\n  oauth: {clientID: env:ID",
            says: ["duet.yaml:4:15:", "from 46.0 on", "`\"62.0\"`"]
        ),
        Mistake(
            old: "rule: twoWay",
            new: "rule: towWay",
            says: ["duet.yaml:10:", "towWay", "Did you mean `twoWay`?"]
        ),
        Mistake(
            old: "salesforce: Email",
            new: "salesforce: [Email]",
            says: ["duet.yaml:10:", "`salesforce` must be text."]
        ),
        Mistake(
            old: "    hubspot: contacts\n",
            new: "",
            says: ["duet.yaml:6:", "`hubspot` is missing."]
        ),
        Mistake(old: "mappings:", new: "mappings: [", says: ["duet.yaml:", "not YAML"]),
        Mistake(
            old: "version: 1",
            new: "version: 1\nversion: 1",
            says: ["duet.yaml:", "stand twice: version"]
        ),
    ]

    @Test(arguments: mistakes)
    func `a mistake is named with its line, its column and what to write`(mistake: Mistake) {
        #expect(Self.good.contains(mistake.old))
        let text = Self.good.replacing(mistake.old, with: mistake.new)
        let said = Self.problems(text).joined(separator: "\n")
        for part in mistake.says { #expect(said.contains(part), "\(said)") }
        #expect(!said.contains("canary"), "a secret in the file must not be repeated")
    }

    @Test func `all mistakes are told in one reading, and two mappings need two names`() {
        let mapping =
            Self.good.range(of: "  - name").map { String(Self.good[$0.lowerBound...]) } ?? ""
        let said = Self.problems(
            Self.good.replacing("version: 1", with: "version: 3\nstor: x") + "\n" + mapping
        )
        #expect(said.count == 4)
        #expect(said.contains { $0.contains("Did you mean `store`?") })
        #expect(said.contains { $0.contains("contacts") })
    }

    @Test func `an empty file and no file at all say what to do`() {
        #expect(Self.problems("").first?.contains("Run `duet init`.") == true)
        #expect(throws: SyncError.self) { try PairBuilder.load("/nowhere/duet.yaml") }
    }

    @Test(arguments: [
        ("preferSalesforce", "Prefer Salesforce unless blank"),
        ("alwaysSalesforce", "Always use Salesforce"), ("twoWay", "Two-way"),
        ("dontSync", "Don't sync"), ("preferHubSpot", "Prefer HubSpot unless blank"),
        ("alwaysHubSpot", "Always use HubSpot"), ("fillEmpty", "Fill if empty"),
    ])
    func `S44, S47: each rule is taken in its short form and in the screen's words`(
        code: String,
        words: String
    ) throws {
        for form in [code, "\"\(words)\""] {
            let text = Self.good.replacing("rule: twoWay", with: "rule: \(form)")
            let read = try ConfigurationReader.read(text, path: "duet.yaml")
            #expect(read.mappings.first?.fields.first?.rule == SyncRule(rawValue: code))
        }
    }

    @Test func `a secret is read from the environment or a file, or its absence is named`() throws {
        let variable = try #require(SecretReference("env:TOKEN"))
        let value = try variable.resolve("token", environment: ["TOKEN": " t \n"], folder: ".")
        #expect(value == "t")
        for (reference, part) in [("env:TOKEN", "TOKEN"), ("file:nowhere", "nowhere")] {
            let reference = try #require(SecretReference(reference))
            let error = #expect(throws: SyncError.self) {
                try reference.resolve("token", environment: [:], folder: "/nowhere")
            }
            #expect(error?.cause.contains(part) == true)
        }
        #expect(SecretReference("literal") == nil)
        #expect(SecretReference("env:") == nil)
    }
}
