import Foundation
import WireJSON

extension Demo {
    /// (a) Two CRMs as they are.
    func twoCRMs(_ world: DemoWorld) async throws {
        let contacts = try await world.export("contacts")
        let people = try await world.export("Contact")
        let leads = try await world.export("Lead")
        let hubspot = Set(contacts.map { $0["email"].lowercased() }.filter { !$0.isEmpty })
        let emails = (people + leads).map { $0["Email"].lowercased() }.filter { !$0.isEmpty }
        let salesforce = Set(emails)
        self.stage.act("a", "Two CRMs as they are: untidy, and nobody has synced them yet.")
        self.stage.table([
            ["", "HubSpot", "Salesforce"],
            ["people", "\(contacts.count)", "\(people.count + leads.count)"],
            ["of them leads", "–", "\(leads.count)"],
            [
                "without an e-mail address",
                "\(contacts.filter { $0["email"].isEmpty }.count)",
                "\(people.count + leads.count - emails.count)",
            ],
            [
                "only here, by e-mail",
                "\(hubspot.subtracting(salesforce).count)",
                "\(salesforce.subtracting(hubspot).count)",
            ],
            ["more than one with the same e-mail", "0", "\(emails.count - salesforce.count)"],
        ])
        if let jane = contacts.first(where: {
            salesforce.contains($0["email"].lowercased()) && !$0["lastname"].isEmpty
        }) {
            self.stage.say(
                "    For one: \(jane["firstname"]) \(jane["lastname"]), \(jane["email"]), is on both sides."
            )
        }
    }

    /// (b) The preview.
    func preview(_ duet: DemoDuet) async throws -> JSON {
        self.stage.act("b", "The preview: what would happen, before anything does.")
        self.stage.say("    $ duet plan --backfill contacts")
        let plan = try duet.run("plan", "--backfill", "contacts").json
        let planned = plan["planned"]
        func number(_ json: JSON?) -> String { json?.numberText ?? "0" }
        self.stage.table([
            ["would", "HubSpot", "Salesforce"],
            [
                "create", number(plan["createdIn"]?["hubspot"]),
                number(plan["createdIn"]?["salesforce"]),
            ],
            [
                "update", number(plan["updatedIn"]?["hubspot"]),
                number(plan["updatedIn"]?["salesforce"]),
            ],
            [
                "price in API calls",
                number(planned?["price"]?["hubspot"]), number(planned?["price"]?["salesforce"]),
            ],
        ])
        self.stage.say(
            "    Would leave alone: \(number(plan["unchanged"])); would ask you about: "
                + "\(number(planned?["asks"]))."
        )
        for row in (planned?["examples"]?.elements ?? []).prefix(5) {
            let sign = row["action"]?.string == "create" ? "+" : "~"
            let fields = row["fields"]?.elements.compactMap(\.string) ?? []
            let detail = fields.first.map { "  \($0)" } ?? ""
            self.stage.say(
                "    \(sign) \(row["side"]?.string ?? "") \(row["object"]?.string ?? "") "
                    + "\(row["id"]?.string ?? "from \(row["sourceID"]?.string ?? "")")\(detail)"
            )
        }
        return plan
    }

    /// (c) The sync, and the same again.
    func sync(_ world: DemoWorld, _ duet: DemoDuet, _ preview: JSON) async throws {
        self.stage.act("c", "The sync, then the same command again.")
        self.stage.say("    $ duet backfill contacts")
        let first = try duet.run("backfill", "contacts").json
        try await world.advance(seconds: 900)
        try duet.run("sync")
        try await world.advance(seconds: 900)
        self.stage.say("    $ duet sync")
        let again = try duet.run("sync").json
        func row(_ title: String, _ json: JSON) -> [String] {
            func both(_ name: String) -> String {
                let hubspot = json[name]?["hubspot"]?.numberText ?? "0"
                return hubspot + " / " + (json[name]?["salesforce"]?.numberText ?? "0")
            }
            return [title, both("createdIn"), both("updatedIn"), both("calls")]
        }
        self.stage.table([
            ["HubSpot / Salesforce", "created", "updated", "API calls"],
            row("first", first),
            row("again", again),
        ])
        let writes = ["createdIn", "updatedIn"].flatMap { name in
            ["hubspot", "salesforce"].map { again[name]?[$0]?.integer ?? 0 }
        }
        self.stage.say(
            writes.allSatisfy { $0 == 0 }
                ? "    Nothing to do the second time." : "    The second run still wrote something!"
        )
    }

    /// (d) The fight.
    func fight(_ world: DemoWorld, _ duet: DemoDuet) async throws {
        self.stage.act("d", "The fight: two people edit one record on both sides.")
        let contacts = try await world.export("contacts")
        let linked = contacts.filter {
            $0["sf_contact_key"].hasPrefix("003") && !$0["lastname"].isEmpty
        }
        guard let jane = linked.first else { throw DemoFailure("no synced contact to fight over") }
        let key = jane["sf_contact_key"]
        let name = "\(jane["firstname"]) \(jane["lastname"])"
        try await world.edit([
            Self.editLine("contacts", jane.id, ["mobilephone": "+1 555 0100"], "anna"),
            Self.editLine("Contact", key, ["Title": "Head of Tides"], "bert"),
        ])
        try await world.advance(seconds: 60)
        try duet.run("sync")
        let after = try await Self.both(world, jane.id, key)
        let bothSurvive =
            after.hubspot["jobtitle"] == "Head of Tides"
            && after.salesforce["MobilePhone"] == "+1 555 0100"
        self.stage.say(
            "    \(name): mobile phone edited in HubSpot, job title in Salesforce: "
                + (bothSurvive ? "both survive." : "an edit is missing!")
        )
        try await world.edit([Self.editLine("Contact", key, ["Title": "Captain"], "bert")])
        try await world.advance(seconds: 30)
        try await world.edit([Self.editLine("contacts", jane.id, ["jobtitle": "Admiral"], "anna")])
        try await world.advance(seconds: 60)
        try duet.run("sync")
        let end = try await Self.both(world, jane.id, key)
        let winner = end.hubspot["jobtitle"]
        self.stage.table([
            ["job title of \(name)", "HubSpot", "Salesforce"],
            ["edited to", "Admiral (30 s later)", "Captain"],
            ["after the sync", winner, end.salesforce["Title"]],
        ])
        let check = try duet.run("check", jane.id).json
        let conflict = check["history"]?.elements.first { $0["kind"]?.string == "conflict" }
        self.stage.say(
            "    Won by the rule: \(conflict?["reason"]?.string ?? "–"). "
                + "The losing value is in the history: duet check \(jane.id)"
        )
        guard bothSurvive, winner == "Admiral", end.salesforce["Title"] == "Admiral" else {
            throw DemoFailure("the fight did not end as its rules say")
        }
    }

    private static func both(
        _ world: DemoWorld,
        _ id: String,
        _ key: String
    ) async throws -> (hubspot: DemoWorld.Record, salesforce: DemoWorld.Record) {
        guard let hubspot = try await world.export("contacts").first(where: { $0.id == id }),
            let salesforce = try await world.export("Contact").first(where: { $0.id == key })
        else { throw DemoFailure("a record of the fight is gone") }
        return (hubspot, salesforce)
    }

    /// One person's edit, or a new record where there is no id.
    static func editLine(
        _ object: String,
        _ id: String?,
        _ fields: KeyValuePairs<String, String>,
        _ author: String
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { line in
            line.member("object", object)
            if let id { line.member("id", id) } else { line.member("op", "create") }
            line.member("author", author)
            line.name("fields")
            line.object { values in
                for (name, value) in fields { values.member(name, value) }
            }
        }
        return writer.bytes
    }
}
