import SimulationKit
import SyncCore

/// Deals and Opportunities.
extension Generator {
    private struct Sale {
        var name: String
        var stage: (hubspot: String, salesforce: String)
        var amount: Int
        /// Milliseconds since 1970 of the day it is to be closed.
        var closes: Int64
        var company: InventedRecord?
        var person: InventedRecord?
    }

    mutating func fillDeals(_ state: inout MockWorld.State, _ now: Int64) {
        for number in 0..<self.size.deals {
            let sale = self.sale(number, now)
            let sides = self.sides()
            var record = InventedRecord()
            if sides.hubspot { record.hubspot = self.deal(sale, &state, now) }
            if sides.salesforce {
                record.salesforce = self.opportunity(sale, &state, now)
                if self.trade.happens(percent: 3) { _ = self.opportunity(sale, &state, now) }
            }
            self.deals.append(record)
        }
    }

    private mutating func sale(_ number: Int, _ now: Int64) -> Sale {
        let days = Int64(self.trade.below(500)) - 300
        return Sale(
            name: "\(self.trade.pick(Vocabulary.products)) \(number)",
            stage: self.trade.pick(Vocabulary.stages),
            amount: 50 * (1 + self.trade.below(2_000)),
            closes: (now / 86_400_000 + days) * 86_400_000,
            company: self.counterpart(of: self.companies, missing: 10),
            person: self.counterpart(of: self.people, missing: 25)
        )
    }

    /// A record that another one belongs to; `missing`: how many of a hundred belong to none.
    mutating func counterpart(of records: [InventedRecord], missing: Int) -> InventedRecord? {
        guard !records.isEmpty, !self.trade.happens(percent: missing) else { return nil }
        return self.trade.pick(records)
    }

    private mutating func deal(
        _ sale: Sale,
        _ state: inout MockWorld.State,
        _ now: Int64
    ) -> String? {
        var fields = [
            ("dealname", sale.name), ("pipeline", "default"), ("dealstage", sale.stage.hubspot),
        ]
        if self.trade.happens(percent: 90) { fields.append(("amount", String(sale.amount))) }
        if self.trade.happens(percent: 90) { fields.append(("closedate", String(sale.closes))) }
        if self.trade.happens(percent: 60) {
            let types = ["newbusiness", "existingbusiness"]
            fields.append(("dealtype", self.trade.pick(types)))
        }
        let id = self.made("deals", fields, &state, now - self.tradeAge())
        guard let id else { return nil }
        if let company = sale.company?.hubspot {
            self.tie("deals", id, "companies", company, isPrimary: true, &state)
        }
        if let person = sale.person?.hubspot { self.tie("deals", id, "contacts", person, &state) }
        return id
    }

    private mutating func opportunity(
        _ sale: Sale,
        _ state: inout MockWorld.State,
        _ now: Int64
    ) -> String? {
        let isOld = self.trade.happens(percent: 4)
        let name = self.trade.happens(percent: 5) ? self.misspelt(sale.name) : sale.name
        var fields = [
            ("Name", name),
            ("StageName", isOld ? self.trade.pick(Vocabulary.oldStages) : sale.stage.salesforce),
            ("CloseDate", String(CivilTime.text(sale.closes).prefix(10))),
        ]
        if self.trade.happens(percent: 90) {
            let drift = self.trade.happens(percent: 10) ? 25 : 0
            fields.append(("Amount", String(sale.amount + drift)))
        }
        if let account = sale.company?.salesforce { fields.append(("AccountId", account)) }
        let id = self.planted("Opportunity", fields, &state, now - self.tradeAge())
        if let id, let person = sale.person, !person.isLead, let contact = person.salesforce {
            _ = self.planted(
                "OpportunityContactRole",
                [("OpportunityId", id), ("ContactId", contact), ("Role", "Decision Maker")],
                &state,
                now - self.tradeAge()
            )
        }
        return id
    }
}
