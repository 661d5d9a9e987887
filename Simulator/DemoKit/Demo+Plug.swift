import Foundation
import WireJSON

extension Demo {
    /// What act (e) found in the mocks' exports.
    struct Plug: Sendable {
        var created: Int
        var edited: Int
        var duplicates: Int
        var lost: Int
        var calls: (hubspot: Int, salesforce: Int)
    }

    /// (e) The plug pulled in mid-write, every tenth reply lost, and run again.
    func plug(_ world: DemoWorld, _ duet: DemoDuet) async throws -> Plug {
        self.stage.act(
            "e",
            "The plug pulled in mid-write, every tenth reply to a write and every second to a "
                + "create lost."
        )
        let linked = try await world.export("contacts")
            .filter { $0["sf_contact_key"].hasPrefix("003") }.prefix(200)
        var lines: [[UInt8]] = []
        for number in 0..<Self.newPeople {
            lines.append(
                Self.editLine(
                    "contacts",
                    nil,
                    [
                        "email": "plug.\(number)@example.org", "firstname": "Plug",
                        "lastname": "Number \(number)",
                    ],
                    "anna"
                )
            )
        }
        for (number, record) in linked.enumerated() {
            lines.append(
                Self.editLine("contacts", record.id, ["mobilephone": "+1 555 1\(number)"], "anna")
            )
        }
        try await world.edit(lines)
        try await world.advance(seconds: 60)
        try await world.faults(#"{"loseEveryNthCreateReply":2,"loseEveryNthWriteReply":10}"#)
        let child = duet.process(["sync"])
        try child.start()
        // The plug is pulled once the first new people have arrived in Salesforce.
        var arrived = 0
        for _ in 0..<600 where child.isRunning && arrived == 0 {
            try await Task.sleep(for: .milliseconds(20))
            arrived = try await world.export("Contact").filter { $0["FirstName"] == "Plug" }.count
        }
        child.kill()
        self.stage.say("    Pulled with \(arrived) of \(Self.newPeople) new people written.")
        var runs = 0
        while runs < 10 {
            runs += 1
            if try duet.run("sync").status == 0 { break }
            // Further runs only make a broken engine's duplicates more.
            let people = try await world.export("Contact").filter { $0["FirstName"] == "Plug" }
            if people.count > Self.newPeople { break }
            try await world.advance(seconds: 700)
        }
        try await world.faults(#"{"loseEveryNthCreateReply":null,"loseEveryNthWriteReply":null}"#)
        let plug = try await self.count(world, linked: Array(linked), runs: runs)
        self.stage.table([
            ["after \(runs) more run\(runs == 1 ? "" : "s")", "expected", "found"],
            ["new people in Salesforce", "\(Self.newPeople)", "\(plug.created)"],
            ["duplicates", "0", "\(plug.duplicates)"],
            ["edits that arrived", "\(linked.count)", "\(plug.edited)"],
            ["edits lost", "0", "\(plug.lost)"],
        ])
        return plug
    }

    /// More than one call to Salesforce can carry, so that the plug can be pulled in between.
    static let newPeople = 1_500

    private func count(
        _ world: DemoWorld,
        linked: [DemoWorld.Record],
        runs: Int
    ) async throws -> Plug {
        let salesforce = try await world.export("Contact")
        let people = salesforce.filter { $0["FirstName"] == "Plug" }
        let names = Set(people.map { $0["LastName"] })
        let keys = salesforce.map { $0["HubSpot_Record_ID__c"] }.filter { !$0.isEmpty }
        let doubledKeys = keys.count - Set(keys).count
        var edited = 0
        let byID = Dictionary(salesforce.map { ($0.id, $0) }) { first, _ in first }
        for (number, record) in linked.enumerated()
        where byID[record["sf_contact_key"]]?["MobilePhone"] == "+1 555 1\(number)" {
            edited += 1
        }
        let usage = try await world.usage()
        return Plug(
            created: people.count,
            edited: edited,
            duplicates: people.count - names.count + doubledKeys,
            lost: Self.newPeople - names.count + linked.count - edited,
            calls: (
                Int(usage["hubspot"]?["billed"]?.integer ?? 0),
                Int(usage["salesforce"]?["billed"]?.integer ?? 0)
            )
        )
    }

    /// The last table: this run beside what the native integration's documentation says.
    func close(_ world: DemoWorld, _ plug: Plug) async throws {
        self.stage.say("")
        self.stage.say("This run (simulated CRMs, not a live org) beside the native integration:")
        self.stage.table([
            ["", "this run", "native, as documented"],
            ["preview before the first write", "yes", "no [1]"],
            [
                "Salesforce calls for the whole show", "\(plug.calls.salesforce)",
                "up to 4 a record [2]",
            ],
            ["duplicates after lost replies", "\(plug.duplicates)", "not stated"],
            ["edits lost", "\(plug.lost)", "most recent value overwrites [3]"],
            ["losing value kept", "yes, in the history", "not stated"],
        ])
        for source in [
            "[1] knowledge.hubspot.com/salesforce/install-the-hubspot-salesforce-integration: none is described",
            "[2] same article: \"a single contact sync can take up to four API calls per record\"",
            "[3] knowledge.hubspot.com/salesforce/map-hubspot-properties-to-salesforce-fields",
        ] { self.stage.say("    " + source) }
        self.stage.say("")
        self.stage.say("Next:")
        for line in [
            "duet init                                  # a configuration for your own accounts",
            "duet plan --backfill contacts              # what it would do, and what it would cost",
            "duet-simulator serve --help                # rehearse against simulated CRMs",
        ] { self.stage.say("    " + line) }
    }
}
