import Foundation

/// What the org works out by itself from a stage or a status.
extension MockOrg {
    /// Sets what follows from an opportunity's stage and from a case's or task's status.
    ///
    /// `before`: the values before an update; `nil` for a new record. `given`: the places that the
    /// write names: a probability may be set by hand, and a seed may bring everything.
    func derive(
        _ table: Int,
        _ values: inout [Value],
        before: [Value]?,
        given: Set<Int>,
        _ context: WriteContext
    ) {
        let object = self.tables[table].object
        func place(_ name: String) -> Int? {
            object.systemPlace(of: name).flatMap { $0 < values.count ? $0 : nil }
        }
        func set(_ name: String, _ value: Value) {
            guard let place = place(name), !context.isSeed || !given.contains(place) else { return }
            values[place] = value
        }
        func isChanged(_ place: Int) -> Bool {
            guard let before else { return true }
            return place >= before.count || before[place] != values[place]
        }
        switch object.name {
        case "Opportunity":
            guard let stage = place("StageName") else { return }
            if isChanged(stage), let facts = self.choice(values[stage], in: "OpportunityStage") {
                for name in ["IsClosed", "IsWon", "ForecastCategory"] {
                    set(name, facts[name] ?? .null)
                }
                for (name, source) in [
                    ("Probability", "DefaultProbability"),
                    ("ForecastCategoryName", "ForecastCategoryName"),
                ] where place(name).map({ !given.contains($0) }) ?? false {
                    set(name, facts[source] ?? .null)
                }
                if before != nil { set("LastStageChangeDate", .datetime(context.stamp)) }
            }
            let amounts = ["Amount", "Probability"].map { name in
                place(name).flatMap { Decimal(string: values[$0].wireText) }
            }
            if let amount = amounts[0], let percent = amounts[1] {
                set("ExpectedRevenue", .number("\(amount * percent / 100)"))
            } else {
                set("ExpectedRevenue", .null)
            }
        case "Case", "Task":
            guard let status = place("Status"), isChanged(status) else { return }
            let facts = self.choice(values[status], in: object.name + "Status")
            let isClosed = facts?["IsClosed"] ?? .boolean(false)
            set("IsClosed", isClosed)
            set("ClosedDate", isClosed == .boolean(true) ? .datetime(context.stamp) : .null)
        default: return
        }
    }

    /// The case's number: eight digits, counted from 1,001 on.
    func number(_ table: Int, _ values: inout [Value], given: Set<Int>) {
        let object = self.tables[table].object
        guard object.name == "Case", let place = object.systemPlace(of: "CaseNumber"),
            place < values.count, !given.contains(place)
        else { return }
        let number = String(1_001 + self.tables[table].rows.count)
        values[place] = .text(String(repeating: "0", count: max(0, 8 - number.count)) + number)
    }

    /// The row of a stage or status with that name, by field.
    private func choice(_ value: Value, in name: String) -> [String: Value]? {
        guard let wanted = value.text, let table = self.table(name) else { return nil }
        let object = self.tables[table].object
        guard let key = object.systemPlace(of: "ApiName") else { return nil }
        let row = self.tables[table].rows.first { $0.current.value(key).text == wanted }
        guard let row else { return nil }
        var facts: [String: Value] = [:]
        for (place, field) in object.fields.enumerated() {
            facts[field.name] = row.current.value(place)
        }
        return facts
    }
}
