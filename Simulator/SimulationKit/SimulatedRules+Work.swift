import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// What people do while a rule stands, so that it has something to refuse.
extension SimulatedRules {
    /// One deed: an edit that the rule is about together with a sound one, or a new record.
    ///
    /// A person whose own edit the rule refuses is told so on the screen and leaves it.
    mutating func work(_ deed: Int, _ record: Int) {
        guard let active = self.active else { return }
        self.number += 1
        let isNew = deed == 1
        switch active.rule {
        case .duplicateAlert, .duplicateBlock:
            isNew ? self.makeTwins() : self.editTwins(record)
        case .propertyRule, .required, .requiredBesides:
            isNew ? self.makePerson(active) : self.editPerson(active, record)
        case .validation, .plainValidation, .failingFlow, .rewritingFlow:
            isNew ? self.makeContact(active) : self.editContact(active, record)
        }
    }

    private func linked() -> [MockHubSpotRecord] {
        self.pair.world.with { state, _ in
            state.hubspot.export(object: "contacts").filter { $0["sf_contact_key"] != nil }
        }
    }

    private func value(of active: Active) -> String { "broken.\(self.number)" }

    /// A field beside the rule's own, and a value for it.
    private func other(than active: Active) -> (field: SimulatedField, value: String) {
        let texts = SimulatedField.texts
        return (active.field.hubspot == "phone" ? texts[2] : texts[3], "with.\(self.number)")
    }

    private func editContact(_ active: Active, _ record: Int) {
        let linked = self.linked()
        guard !linked.isEmpty else { return }
        let (value, other) = (self.value(of: active), self.other(than: active))
        self.pair.world.with { state, now in
            try? state.hubspot.edit(
                linked[record % linked.count].id,
                fields: [(active.field.hubspot, value), (other.field.hubspot, other.value)],
                at: state.time(.hubspot, at: now)
            )
        }
    }

    private func makeContact(_ active: Active) {
        let value = self.value(of: active)
        let number = self.number
        self.pair.world.with { state, now in
            var fields = [("email", "r\(number)@example.com"), ("lastname", "Rule \(number)")]
            fields.removeAll { $0.0 == active.field.hubspot }
            fields.append((active.field.hubspot, value))
            _ = try? state.hubspot.create(fields: fields, at: state.time(.hubspot, at: now))
        }
    }

    private func editPerson(_ active: Active, _ record: Int) {
        let linked = self.linked()
        guard !linked.isEmpty else { return }
        let key = linked[record % linked.count]["sf_contact_key"] ?? ""
        let other = self.other(than: active)
        var fields: [MockSalesforceRecord.Field] = [
            .init(active.field.salesforce, .text(self.value(of: active))),
            .init(other.field.salesforce, .text(other.value)),
        ]
        if active.rule == .requiredBesides {
            fields = [
                .init("Title", .text(Self.condition)), .init("Phone", .null),
                .init("FirstName", .text(other.value)),
            ]
        }
        self.pair.world.with { state, now in
            try? state.salesforce.edit(key, fields: fields, at: state.time(.salesforce, at: now))
        }
    }

    private func makePerson(_ active: Active) {
        let value = active.rule == .requiredBesides ? Self.condition : self.value(of: active)
        let field = active.rule == .propertyRule ? active.field.salesforce : "Title"
        let number = self.number
        self.pair.world.with { state, now in
            var fields: [MockSalesforceRecord.Field] = [
                .init("Email", .text("r\(number)@example.com")),
                .init("LastName", .text("Rule \(number)")),
            ]
            if active.rule != .required {
                fields.removeAll { $0.name == field }
                fields.append(.init(field, .text(value)))
            }
            _ = try? state.salesforce.create(
                object: "Contact",
                fields: fields,
                at: state.time(.salesforce, at: now)
            )
        }
    }

    /// Two people get one telephone number.
    private func editTwins(_ record: Int) {
        let linked = self.linked()
        guard linked.count > 1 else { return }
        let phone = "twin.\(self.number)"
        self.pair.world.with { state, now in
            let now = state.time(.hubspot, at: now)
            for place in [record % linked.count, (record + 1) % linked.count] {
                let fields = [("phone", phone), ("jobtitle", "\(phone).\(place)")]
                try? state.hubspot.edit(linked[place].id, fields: fields, at: now)
            }
        }
    }

    /// Two people with one telephone number come, one on each side and one soon after the other.
    private mutating func makeTwins() {
        let (phone, number) = ("twin.\(self.number)", self.number)
        self.pair.world.with { state, now in
            _ = try? state.hubspot.create(
                fields: [
                    ("email", "u\(number)@example.com"), ("lastname", "Twin \(number)"),
                    ("phone", phone),
                ],
                at: state.time(.hubspot, at: now)
            )
        }
        self.twin = (phone, number)
    }

    mutating func makeSecondTwin() {
        guard let twin = self.twin else { return }
        self.twin = nil
        self.pair.world.with { state, now in
            let fields: [MockSalesforceRecord.Field] = [
                .init("Email", .text("t\(twin.number)@example.com")),
                .init("LastName", .text("Twin \(twin.number)")), .init("Phone", .text(twin.phone)),
            ]
            _ = try? state.salesforce.create(
                object: "Contact",
                fields: fields,
                at: state.time(.salesforce, at: now)
            )
        }
    }
}
