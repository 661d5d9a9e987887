/// What the org works out of an activity's times and of the records that it is about.
///
/// Object Reference, Event and Task: unless an event takes whole days, it has a duration or an end,
/// and both only where they agree. The codes of the refusals are those that clients met (jsforce
/// 217, emcasa/backend 720), but for an end before the start; their texts are nobody's.
extension MockOrg {
    private static let minute: Int64 = 60_000
    private static let dayMinutes: Int64 = 1_440
    private static let timeNames = [
        "StartDateTime", "ActivityDateTime", "ActivityDate", "DurationInMinutes", "EndDateTime",
        "IsAllDayEvent",
    ]

    /// Sets an event's times from one another, and an activity's account.
    ///
    /// `before`: the values before an update; `nil` for a new record. A seed is what it is: only what
    /// it leaves out is worked out, and nothing is refused.
    func shapeActivity(
        _ table: Int,
        _ values: inout [Value],
        before: [Value]?,
        given: Set<Int>,
        _ context: WriteContext
    ) throws(RequestFailure) {
        let object = self.tables[table].object
        guard object.name == "Event" || object.name == "Task" else { return }
        try self.requireNothingBesideLead(object, values, given, context)
        self.setAccount(object, &values, before: before, given: given, context)
        guard object.name == "Event" else { return }
        let named = Self.timeNames.filter { name in
            object.systemPlace(of: name).map { given.contains($0) } ?? false
        }
        guard before == nil || !named.isEmpty else { return }
        do throws(RequestFailure) {
            try self.setTimes(object, &values, Set(named), isNew: before == nil, context)
        } catch {
            if !context.isSeed { throw error }
        }
    }

    private func setTimes(
        _ object: MockObject,
        _ values: inout [Value],
        _ named: Set<String>,
        isNew: Bool,
        _ context: WriteContext
    ) throws(RequestFailure) {
        func value(_ name: String) -> Value {
            object.systemPlace(of: name).map { $0 < values.count ? values[$0] : .null } ?? .null
        }
        func isGiven(_ name: String) -> Bool { named.contains(name) && !value(name).isNull }
        func set(_ name: String, _ value: Value) {
            guard let place = object.systemPlace(of: name), place < values.count,
                !(context.isSeed && named.contains(name))
            else { return }
            values[place] = value
        }
        let isAllDay = value("IsAllDayEvent") == .boolean(true)
        let starts = ["StartDateTime", "ActivityDateTime"]
        let source = starts.first(where: isGiven) ?? starts.first { !value($0).isNull }
        var start = source.flatMap { value($0).milliseconds }
        let day = value("ActivityDate").text.flatMap { SalesforceTime.parseDate($0) }
        if isAllDay, !starts.contains(where: isGiven), let day { start = day }
        if isAllDay { start = start.map(SalesforceTime.startOfDay) }
        guard let start else { throw Self.missing("ActivityDateTime") }

        let duration = Int64(value("DurationInMinutes").wireText)
        // The end of whole days is the start of the last one.
        let rest = isAllDay ? Self.dayMinutes : 0
        var minutes: Int64
        if isGiven("EndDateTime"), let end = value("EndDateTime").milliseconds {
            minutes = (end - start) / Self.minute + rest
            guard end >= start else {
                throw RequestFailure(
                    "FIELD_INTEGRITY_EXCEPTION",
                    "Event duration can not be negative",
                    fields: ["DurationInMinutes"]
                )
            }
            if isGiven("DurationInMinutes"), let duration {
                guard duration == minutes || duration + rest == minutes else {
                    throw RequestFailure(
                        "INVALID_FIELD_FOR_INSERT_UPDATE",
                        "DurationInMinutes does not match the time from start to end",
                        fields: ["DurationInMinutes", "EndDateTime"]
                    )
                }
                minutes = duration
            }
        } else if let duration, !isNew || isGiven("DurationInMinutes") {
            minutes = duration
        } else {
            guard isAllDay else { throw Self.missing("DurationInMinutes") }
            minutes = Self.dayMinutes
        }
        let end = isGiven("EndDateTime") ? value("EndDateTime").milliseconds : nil
        let last = end ?? start + max(0, minutes - rest) * Self.minute
        set("StartDateTime", .datetime(start))
        set("ActivityDateTime", isAllDay ? .null : .datetime(start))
        set("ActivityDate", .text(SalesforceTime.formatDate(start)))
        set("DurationInMinutes", .number(String(minutes)))
        set("EndDateTime", .datetime(last))
        set("EndDate", .text(SalesforceTime.formatDate(last)))
    }

    /// What is with a Lead is about nothing else (Object Reference, Task: WhatId).
    ///
    /// The code is known from those who met it, the text from memory.
    private func requireNothingBesideLead(
        _ object: MockObject,
        _ values: [Value],
        _ given: Set<Int>,
        _ context: WriteContext
    ) throws(RequestFailure) {
        let places = ["WhoId", "WhatId"].compactMap { object.systemPlace(of: $0) }
        guard !context.isSeed, places.count == 2, !given.isDisjoint(with: places),
            places.allSatisfy({ $0 < values.count && values[$0].text?.isEmpty == false }),
            let who = values[places[0]].text, let table = self.table(ofID: who),
            self.tables[table].object.name == "Lead"
        else { return }
        throw RequestFailure(
            "FIELD_INTEGRITY_EXCEPTION",
            "Related To ID: a task or event of a lead is related to nothing else",
            fields: ["WhoId", "WhatId"]
        )
    }

    private static func missing(_ field: String) -> RequestFailure {
        RequestFailure(
            "REQUIRED_FIELD_MISSING",
            "Required fields are missing: [\(field)]",
            fields: [field]
        )
    }

    /// The account of what an activity is about, or else of the contact that it is with.
    ///
    /// It is looked up when one of the two is written; that the account of either changes later is
    /// not followed.
    private func setAccount(
        _ object: MockObject,
        _ values: inout [Value],
        before: [Value]?,
        given: Set<Int>,
        _ context: WriteContext
    ) {
        guard let place = object.systemPlace(of: "AccountId"), place < values.count,
            !(context.isSeed && given.contains(place))
        else { return }
        let ties = ["WhatId", "WhoId"].map { object.systemPlace(of: $0) }
        let isTouched = ties.contains { $0.map { given.contains($0) } ?? false }
        guard before == nil || isTouched else { return }
        let (what, who) = (
            ties[0].flatMap { values[$0].text }, ties[1].flatMap { values[$0].text }
        )
        if let what, let table = self.table(ofID: what), self.decidesAccount(table) {
            values[place] = self.account(of: what, table)
        } else if let who, let table = self.table(ofID: who),
            self.tables[table].object.name == "Contact"
        {
            values[place] = self.account(of: who, table)
        } else {
            values[place] = .null
        }
    }

    /// Accounts, opportunities, contracts and details of accounts have the last word.
    private func decidesAccount(_ table: Int) -> Bool {
        let object = self.tables[table].object
        return ["Account", "Opportunity", "Contract"].contains(object.name)
            || object.fields.contains { $0.isMasterDetail && $0.referenceTo == ["Account"] }
    }

    private func account(of id: String, _ table: Int) -> Value {
        let object = self.tables[table].object
        if object.name == "Account" { return .text(id) }
        let master = object.fields.firstIndex {
            $0.isMasterDetail && $0.referenceTo == ["Account"] && !$0.isRemoved
        }
        guard let place = object.systemPlace(of: "AccountId") ?? master,
            let row = self.tables[table].row(ofID: id)
        else { return .null }
        return self.tables[table].rows[row].current.value(place)
    }
}
