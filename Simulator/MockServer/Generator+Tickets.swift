import SimulationKit

/// Tickets and Cases.
extension Generator {
    private struct Problem {
        var subject: String
        var status: (hubspot: String, salesforce: String)
        var priority: (hubspot: String, salesforce: String)
        var person: InventedRecord?
        var company: InventedRecord?
    }

    mutating func fillTickets(_ state: inout MockWorld.State, _ now: Int64) {
        for number in 0..<self.size.tickets {
            let problem = Problem(
                subject: "\(self.trade.pick(Vocabulary.problems)) (\(number))",
                status: self.trade.pick(Vocabulary.statuses),
                priority: self.trade.pick(Vocabulary.priorities),
                person: self.counterpart(of: self.people, missing: 15),
                company: self.counterpart(of: self.companies, missing: 30)
            )
            let sides = self.sides()
            var record = InventedRecord()
            if sides.hubspot { record.hubspot = self.ticket(problem, &state, now) }
            if sides.salesforce { record.salesforce = self.supportCase(problem, &state, now) }
            self.tickets.append(record)
        }
    }

    private mutating func ticket(
        _ problem: Problem,
        _ state: inout MockWorld.State,
        _ now: Int64
    ) -> String? {
        var fields = [
            ("subject", problem.subject), ("hs_pipeline", "0"),
            ("hs_pipeline_stage", problem.status.hubspot),
        ]
        if self.trade.happens(percent: 70) {
            fields.append(("hs_ticket_priority", problem.priority.hubspot))
        }
        if self.trade.happens(percent: 50) {
            fields.append(("content", "\(problem.subject).\nWritten down by hand."))
        }
        let id = self.made("tickets", fields, &state, now - self.tradeAge())
        guard let id else { return nil }
        if let person = problem.person?.hubspot {
            self.tie("tickets", id, "contacts", person, &state)
        }
        if let company = problem.company?.hubspot {
            self.tie("tickets", id, "companies", company, isPrimary: true, &state)
        }
        return id
    }

    private mutating func supportCase(
        _ problem: Problem,
        _ state: inout MockWorld.State,
        _ now: Int64
    ) -> String? {
        let isOld = self.trade.happens(percent: 4)
        var fields = [
            (
                "Status",
                isOld ? self.trade.pick(Vocabulary.oldStatuses) : problem.status.salesforce
            ),
            ("Origin", self.trade.pick(["Phone", "Email", "Web"])),
        ]
        // Some have no subject at all.
        if !self.trade.happens(percent: 5) { fields.append(("Subject", problem.subject)) }
        if self.trade.happens(percent: 80) {
            fields.append(("Priority", problem.priority.salesforce))
        }
        if let person = problem.person, !person.isLead, let contact = person.salesforce {
            fields.append(("ContactId", contact))
        }
        if let account = problem.company?.salesforce { fields.append(("AccountId", account)) }
        return self.planted("Case", fields, &state, now - self.tradeAge())
    }
}
