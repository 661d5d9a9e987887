import MockSalesforce
package import SyncCore

/// One mapped field of a simulation: its names, type and rule, and the values that people write.
package struct SimulatedField: Sendable, Hashable, Codable {
    package var hubspot: String
    package var salesforce: String
    package var type: FieldType
    package var rule: SyncRule

    package init(_ hubspot: String, _ salesforce: String, _ type: FieldType = .text) {
        self.hubspot = hubspot
        self.salesforce = salesforce
        self.type = type
        self.rule = .twoWay
    }

    /// Text that both CRMs have from the start; Salesforce demands a last name.
    package static let texts = [
        SimulatedField("firstname", "FirstName"), SimulatedField("lastname", "LastName"),
        SimulatedField("jobtitle", "Title"), SimulatedField("phone", "Phone"),
    ]

    /// What tells who is who; HubSpot takes none twice.
    package static let email = SimulatedField("email", "Email", .email)

    /// One field of each other type, which both mocks get as custom fields.
    package static let typed: [SimulatedField] = [
        SimulatedField("sim_number", "Sim_Number__c", .number),
        SimulatedField("sim_date", "Sim_Date__c", .date),
        SimulatedField("sim_time", "Sim_Time__c", .datetime),
        SimulatedField("sim_flag", "Sim_Flag__c", .boolean),
        SimulatedField("sim_choice", "Sim_Choice__c", .singleChoice),
        SimulatedField("sim_set", "Sim_Set__c", .multiChoice),
    ]

    /// A third of the seeds keep to two-way text, the plainest mix; the others draw types and rules.
    package static func drawn(_ random: inout SeededRandom) -> [SimulatedField] {
        guard random.below(3) > 0 else { return self.texts }
        var fields = [self.texts[1]]
        for field in self.texts + self.typed where field.hubspot != "lastname" {
            guard random.happens(percent: 45) else { continue }
            var drawn = field
            drawn.rule = random.happens(percent: 30) ? .twoWay : random.pick(SyncRule.allCases)
            fields.append(drawn)
        }
        return fields
    }

    /// The stage of a deal: two of HubSpot's are one of Salesforce's, and each CRM has some that the
    /// other has no word for.
    package static let stage = SimulatedField("dealstage", "StageName", .singleChoice)

    /// The same of a ticket.
    package static let status = SimulatedField("hs_pipeline_stage", "Status", .singleChoice)

    /// Whether its values are stages, of which each CRM has its own.
    var isStage: Bool {
        [Self.stage.hubspot, Self.status.hubspot].contains(self.hubspot)
    }

    /// Which field it is to the engine, apart from its type.
    var kind: FieldMapping.Kind {
        switch self.type {
        case .email: .identity
        case .reference: .reference("companies")
        case .text, .number, .boolean, .date, .datetime, .singleChoice, .multiChoice: .plain
        }
    }

    var shapes: (hubspot: FieldShape, salesforce: FieldShape) {
        let max = self.type == .text ? 40 : nil
        return (
            FieldShape(
                // HubSpot's closing date has a time of day.
                type: self.hubspot == "closedate" ? .datetime : self.type,
                lengthMax: max,
                choices: self.options?.map(\.hubspot)
            ),
            FieldShape(
                type: self.type,
                lengthMax: max,
                scale: self.type == .number ? 2 : nil,
                wholeSeconds: true,
                choices: self.options.map { Array(Set($0.map(\.salesforce))).sorted() }
            )
        )
    }

    /// The choices and what each is on the other side; two HubSpot options can be one there.
    var options: [FieldMapping.ValuePair]? {
        switch self.type {
        case .singleChoice where self.isStage:
            self.hubspot == Self.stage.hubspot ? Self.stages : Self.statuses
        case .singleChoice:
            [("a", "A"), ("b", "B"), ("c", "B")].map { .init(hubspot: $0.0, salesforce: $0.1) }
        case .multiChoice:
            [("a", "A"), ("b", "B"), ("c", "C")].map { .init(hubspot: $0.0, salesforce: $0.1) }
        case .text, .email, .number, .boolean, .date, .datetime, .reference: nil
        }
    }

    /// Whether the other CRM has a word for what somebody wrote on a side.
    func isKnown(_ value: String?, of side: Side) -> Bool {
        guard self.isStage, let value, !value.isEmpty, let options = self.options else {
            return true
        }
        return options.contains { (side == .hubspot ? $0.hubspot : $0.salesforce) == value }
    }

    private static let stages = [
        ("appointmentscheduled", "Prospecting"), ("qualifiedtobuy", "Qualification"),
        ("presentationscheduled", "Qualification"), ("closedwon", "Closed Won"),
        ("closedlost", "Closed Lost"),
    ].map { FieldMapping.ValuePair(hubspot: $0.0, salesforce: $0.1) }

    private static let statuses = [("1", "New"), ("2", "Working"), ("4", "Closed")]
        .map { FieldMapping.ValuePair(hubspot: $0.0, salesforce: $0.1) }

    // MARK: - What people write

    /// The value that a person of that side types at their so-many-th deed; nobody wrote it before
    /// where the type has enough values.
    func value(_ number: Int, on side: Side) -> String {
        switch self.type {
        case .number: "\(number).5"
        case .date: String(CivilTime.text(Self.start + Int64(number) * 86_400_000).prefix(10))
        // HubSpot keeps milliseconds, Salesforce whole seconds.
        case .datetime: "\(Self.start + Int64(number) * 60_000 + (side == .hubspot ? 250 : 0))"
        case .boolean: number % 2 == 0 ? "true" : "false"
        case .singleChoice where self.isStage: self.stage(number, on: side)
        case .singleChoice:
            side == .hubspot ? ["a", "b", "c"][number % 3] : ["A", "B"][number % 2]
        case .multiChoice: Self.sets(of: side == .hubspot ? "abc" : "CBA")[number % 4]
        case .text, .email, .reference: "\(side == .hubspot ? "h" : "s").\(number)"
        }
    }

    private func stage(_ number: Int, on side: Side) -> String {
        let all = self.options ?? []
        guard !all.isEmpty else { return "" }
        let pair = all[number % all.count]
        return side == .hubspot ? pair.hubspot : pair.salesforce
    }

    func salesforceValue(_ text: String) -> MockSalesforceValue {
        switch self.type {
        // A checkbox has no blank.
        case .boolean: .boolean(text == "true")
        case _ where text.isEmpty: .null
        case .number: .number(text)
        case .datetime: .datetime(Int64(text) ?? 0)
        case .text, .email, .date, .singleChoice, .multiChoice, .reference: .text(text)
        }
    }

    // MARK: - What both sides' values have in common

    /// A HubSpot value in the form in which values of both sides are compared.
    func common(hubspot text: String?) -> String {
        guard let text, !text.isEmpty else { return self.type == .boolean ? "false" : "" }
        switch self.type {
        case .number: return Self.plain(text)
        case .datetime: return Self.second(text)
        case .singleChoice, .multiChoice:
            let parts = text.split(separator: ";").map { part in
                self.options?.first { $0.hubspot == part }?.salesforce ?? String(part)
            }
            return Set(parts).sorted().joined(separator: ";")
        case .text: return Self.trimmed(text)
        case .email: return Self.trimmed(text.lowercased())
        case .date: return Self.day(text)
        case .boolean, .reference: return text
        }
    }

    func common(salesforce value: MockSalesforceValue) -> String {
        switch value {
        case .null: self.type == .boolean ? "false" : ""
        case .boolean(let flag): flag ? "true" : "false"
        case .number(let text): Self.plain(text)
        case .datetime(let time): String(time / 1_000)
        case .text(let text): self.common(salesforce: text)
        }
    }

    /// A value as the history keeps it.
    func common(_ bytes: [UInt8]?, of side: Side) -> String {
        let text = String(decoding: bytes ?? [], as: UTF8.self)
        return side == .hubspot
            ? self.common(hubspot: text) : self.common(salesforce: text)
    }

    private func common(salesforce text: String) -> String {
        switch self.type {
        case .boolean where text.isEmpty: "false"
        case .number: Self.plain(text)
        case .datetime: Self.second(text)
        case .multiChoice: Set(text.split(separator: ";")).sorted().joined(separator: ";")
        case .text: Self.trimmed(text)
        case .email: Self.trimmed(text.lowercased())
        case .boolean, .singleChoice, .date, .reference: text
        }
    }

    /// Without blanks around it, with one sort of line ends.
    private static func trimmed(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 <= 0x20 }) else { return text }
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let blank: (Character) -> Bool = { " \t\n\u{0B}\u{0C}".contains($0) }
        guard let first = lines.firstIndex(where: { !blank($0) }),
            let last = lines.lastIndex(where: { !blank($0) })
        else { return "" }
        return String(lines[first...last])
    }

    /// Without zeros that change nothing.
    private static func plain(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var text = text[...]
        while text.last == "0" { text = text.dropLast() }
        return String(text.last == "." ? text.dropLast() : text)
    }

    /// The whole second of a time in either CRM's form or in milliseconds.
    private static func second(_ text: String) -> String {
        let time = Int64(text) ?? CivilTime.milliseconds(Array(text.utf8)[...])
        return time.map { String($0 / 1_000) } ?? text
    }

    /// The day of a time, or the date as it stands.
    private static func day(_ text: String) -> String {
        guard text.count > 10 else { return text }
        let time = Int64(text) ?? CivilTime.milliseconds(Array(text.utf8)[...])
        return time.map { String(CivilTime.text($0).prefix(10)) } ?? text
    }

    private static func sets(of letters: String) -> [String] {
        let parts = letters.map(String.init)
        return [
            parts[0], parts[0] + ";" + parts[1], parts[1] + ";" + parts[2],
            parts.joined(separator: ";"),
        ]
    }

    /// 2026-01-01T00:00:00Z.
    private static let start: Int64 = 1_767_225_600_000
}
