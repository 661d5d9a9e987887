import CRMInterface
import DuetCLI
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector
import SimulationKit
import SyncCore
import Testing

/// What `duet doctor` looks at besides rights: editions, calls, clocks, versions, keys.
struct DoctorCheckTests {
    private static let now = ManualTime().wallMilliseconds
    private static let day: Int64 = 86_400_000

    private static func found(_ checks: [Check]) -> [String] { checks.flatMap(\.found).map(\.text) }

    @Test func `each thing that was looked at is told, also where all is well`() async throws {
        let checks = try await DoctorStage.checks()
        #expect(Self.found(checks) == [])
        #expect(
            checks.map { "\($0.side.rawValue) \($0.topic.rawValue): \($0.shown)" } == [
                "hubspot account: portal 9900001, STANDARD", "hubspot scopes: 13 needed",
                "hubspot fields: 14 needed",
                "hubspot keys: sf_account_key, sf_car_key, sf_case_key, sf_contact_key, sf_event_key, sf_lead_key, "
                    + "sf_opportunity_key, sf_task_key",
                "hubspot calls: 624999 of 625000 left for a day", "hubspot clock: agrees",
                "hubspot version: 2026-09, supported until 8 March 2028",
                "hubspot native: never installed",
                "salesforce account: Acme, Enterprise Edition",
                "salesforce rights: Account, Car__c, Case, Contact, Event, Lead, Opportunity, "
                    + "OpportunityContactRole, Task",
                "salesforce fields: 35 needed", "salesforce keys: HubSpot_Record_ID__c",
                "salesforce calls: 99999 of 100000 left for a day", "salesforce clock: agrees",
                "salesforce version: 62.0",
            ]
        )
    }

    @Test func `S11, S13, S15: without API Enabled that alone is told, with the editions`()
        async throws
    {
        let found = try await DoctorStage.diagnoses { $0.permissions = [.viewSetup] }
        #expect(found.map(\.text) == ["apiSwitchedOff API Enabled"])
        #expect(
            found.first?.nextStep.contains("Group has none, for Professional it is bought") == true
        )
    }

    @Test func `a token that HubSpot does not accept leaves Salesforce to be looked at`()
        async throws
    {
        var portal = try DoctorStage.hubspot()
        portal.apps[0].credential = .staticToken("another")
        let checks = try await DoctorStage.checks(hubspot: portal)
        #expect(Self.found(checks) == ["signInRefused credentials"])
        #expect(checks.count { $0.side == .hubspot } == 1)
        #expect(checks.count { $0.side == .salesforce } == 7)
    }

    // MARK: - What a portal has

    @Test func `S01: a custom object that the portal lacks is named, and the others are looked at`()
        async throws
    {
        var portal = try DoctorStage.hubspot()
        portal.objects.removeLast()
        let checks = try await DoctorStage.checks(hubspot: portal)
        #expect(Self.found(checks) == ["objectNotVisible cars"])
    }

    @Test(arguments: ["contacts", "companies", "deals", "tickets"])
    func `an object that the app's user may not view is named`(object: String) async throws {
        var portal = try DoctorStage.hubspot()
        portal.apps[0].hiddenObjects = [object]
        let checks = try await DoctorStage.checks(hubspot: portal)
        #expect(Self.found(checks) == ["objectNotVisible \(object)"])
    }

    @Test func `a property that is not there is named`() async throws {
        let text = DoctorStage.text.replacing("hubspot: jobtitle", with: "hubspot: job_title")
        #expect(
            Self.found(try await DoctorStage.checks(text)) == ["fieldNotVisible contacts.job_title"]
        )
    }

    // MARK: - Keys

    @Test(arguments: [true, false])
    func `a HubSpot key that is missing or not unique is named`(isThere: Bool) async throws {
        var portal = try DoctorStage.hubspot()
        let place = try #require(portal.objects.firstIndex { $0.name == "contacts" })
        let key = try #require(
            portal.objects[place].properties.firstIndex { $0.name == "sf_lead_key" }
        )
        portal.objects[place].properties[key].hasUniqueValue = false
        if !isThere { portal.objects[place].properties.remove(at: key) }
        let checks = try await DoctorStage.checks(hubspot: portal)
        let code = isThere ? "keyNotUnique" : "keyNotVisible"
        #expect(Self.found(checks) == ["\(code) contacts.sf_lead_key"])
    }

    @Test(arguments: [true, false])
    func `a Salesforce key that is missing or not unique is named`(isThere: Bool) async throws {
        var org = DoctorStage.salesforce()
        let key = try #require(
            org.customFields.firstIndex {
                $0.object == "Case" && $0.name == "HubSpot_Record_ID__c"
            }
        )
        org.customFields[key].isUnique = false
        if !isThere { org.customFields.remove(at: key) }
        let checks = try await DoctorStage.checks(salesforce: org)
        let code = isThere ? "keyNotUnique" : "keyNotVisible"
        #expect(Self.found(checks) == ["\(code) Case.HubSpot_Record_ID__c"])
    }

    // MARK: - Calls, clock, ends

    @Test(arguments: [(9, [false]), (11, []), (1, [true])])
    func `few calls that are left are told, none are a problem`(
        left: Int,
        expected: [Bool]
    ) async throws {
        // The first call that tells them is counted already.
        let usage = DailyUsage(used: 100 - left + (left == 1 ? 1 : 0), allowed: 100)
        var look = AccountLook()
        look.rights.usage = usage
        let doctor = Doctor(try DoctorStage.configuration())
        let calls = doctor.checks(salesforce: look, now: Self.now).filter { $0.topic == .calls }
        #expect(calls.flatMap(\.found).map(\.isProblem) == expected)
        #expect(calls.flatMap(\.found).allSatisfy { $0.code == .fewCallsLeft })
    }

    @Test(arguments: [(59_000, 0), (62_000, 2), (-62_000, 2), (-59_000, 0)])
    func `a clock that is a minute off is told`(lead: Int64, count: Int) async throws {
        let checks = try await DoctorStage.checks(clockLead: lead)
        #expect(Self.found(checks) == Array(repeating: "clockIsOff clock", count: count))
        #expect(checks.flatMap(\.found).allSatisfy { !$0.isProblem })
        let words = lead > 0 ? "behind" : "ahead of"
        #expect(checks.flatMap(\.found).allSatisfy { $0.cause.contains(words) })
    }

    @Test(
        arguments: [(31, nil), (29, false), (8, false), (6, true), (-1, true)] as [(Int64, Bool?)]
    )
    func `S07: the end of a version is told 30 days ahead, and is a problem from 7 on`(
        days: Int64,
        isProblem: Bool?
    ) throws {
        let doctor = Doctor(try DoctorStage.configuration())
        let end = HubSpotVersion.pinned.endsAt - days * Self.day
        let checks = doctor.checks(hubspot: AccountLook(), now: end)
        let found = checks.filter { $0.topic == .version }.flatMap(\.found)
        #expect(found.map(\.isProblem) == [isProblem].compactMap(\.self))
    }

    @Test func `S07: a version of Salesforce's whose end is announced is told`() throws {
        var configuration = try DoctorStage.configuration()
        configuration.salesforce.apiVersion = SalesforceVersion("40.0")
        let checks = Doctor(configuration).checks(salesforce: AccountLook(), now: Self.now)
        let found = checks.filter { $0.topic == .version }.flatMap(\.found)
        #expect(found.map(\.text) == ["expires version 40.0 of Salesforce's API"])
    }

    @Test(arguments: [(31, []), (29, [false]), (6, [true])] as [(Int64, [Bool])])
    func `the end of an org's trial is told 30 and 7 days ahead`(
        days: Int64,
        expected: [Bool]
    ) async throws {
        var org = DoctorStage.salesforce()
        org.trialExpiresAt = Self.now + days * Self.day
        let found = try await DoctorStage.checks(salesforce: org).flatMap(\.found)
        #expect(found.map(\.isProblem) == expected)
        #expect(found.allSatisfy { $0.text == "expires the trial of the org" })
    }

    // MARK: - HubSpot's own connection

    /// `ago`: before how many milliseconds it last synced a contact.
    private static func native(_ ago: Int64?) async throws -> [Check] {
        var portal = try DoctorStage.hubspot()
        portal.installSalesforceIntegration()
        return try await DoctorStage.checks(hubspot: portal) { mock, now in
            let made = now - 10 * Self.day
            for number in [3, 0] as [Int64] {
                let name = [("lastname", "Person \(number)")]
                let id = try mock.create(object: "contacts", fields: name, at: made)
                guard let ago else { continue }
                let time = "\(now - ago - number * Self.day)"
                try mock.syncFromSalesforce(
                    id,
                    fields: [("salesforcelastsynctime", time)],
                    at: made
                )
            }
        }
    }

    @Test(arguments: [(3_600_000, "nativeWrites", true), (2 * Self.day, "nativeLeft", false)])
    func `S08: whether HubSpot's own connection still writes is told, and where to turn it off`(
        ago: Int64,
        code: String,
        isProblem: Bool
    ) async throws {
        let found = try await Self.native(ago).flatMap(\.found)
        #expect(found.map(\.text) == ["\(code) salesforcelastsynctime"])
        #expect(found.first?.isProblem == isProblem)
        #expect(found.first?.cause.contains(Clock.text(Self.now - ago)) == true)
        #expect(found.first?.nextStep.contains("Connected Apps, Salesforce") == true)
    }

    @Test func `S08: its properties alone are no sign that it writes`() async throws {
        let checks = try await Self.native(nil)
        #expect(Self.found(checks) == [])
        #expect(
            checks.first { $0.topic == .native }?.shown
                == "has properties on companies, contacts, deals, and synced nothing"
        )
    }

    // MARK: - The report

    @Test func `the report groups by CRM and ends with what to do next`() async throws {
        let terminal = Terminal(environment: ["NO_COLOR": "1"])
        let fine = DoctorReport.text(try await DoctorStage.checks(), terminal).split(
            separator: "\n"
        )
        #expect(fine.first == "HubSpot")
        #expect(fine.contains("  ✓ Clock: agrees"))
        #expect(fine.last == "Nothing is in the way. Next: duet plan")
        let checks = try await DoctorStage.checks(
            salesforce: DoctorStage.salesforce {
                $0.hiddenFields = ["Contact.Title"]
                $0.permissions = [.apiEnabled]
            }
        )
        let text = DoctorReport.text(checks, terminal)
        #expect(text.contains("  ✗ Fields: "))
        #expect(
            text.contains(
                "      ✗ Salesforce's integration user may not see the field Title of Contact.\n"
                    + "        Give it in Salesforce: Setup, Permission Sets, the integration user's set, "
                    + "Object Settings, Contact, Title, Read Access."
            )
        )
        #expect(text.contains("  ! Rights: "))
        #expect(
            text.hasSuffix(
                "1 thing is in the way: mend what stands behind ✗, then run `duet doctor` again."
            )
        )
        #expect(
            DoctorReport.json(checks).contains(
                "\"code\":\"fieldNotVisible\",\"subject\":\"Contact.Title\""
            )
        )
    }
}
