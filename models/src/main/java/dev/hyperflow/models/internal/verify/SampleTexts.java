package dev.hyperflow.models.internal.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sentence of many languages: where is my order, I paid for it last week. */
final class SampleTexts {

  static final Map<String, String> LANGUAGES = languages();

  private SampleTexts() {}

  private static Map<String, String> languages() {
    Map<String, String> languages = new LinkedHashMap<>();
    languages.put("English", "Where is my order? I paid for it last week.");
    languages.put("German", "Wo ist meine Bestellung? Ich habe sie letzte Woche bezahlt.");
    languages.put("French", "Où est ma commande ? Je l'ai payée la semaine dernière.");
    languages.put("Polish", "Gdzie jest moje zamówienie? Zapłaciłem za nie w zeszłym tygodniu.");
    languages.put("Turkish", "Siparişim nerede? Geçen hafta parasını ödedim.");
    languages.put("Greek", "Πού είναι η παραγγελία μου; Την πλήρωσα την περασμένη εβδομάδα.");
    languages.put("Russian", "Где мой заказ? Я оплатил его на прошлой неделе.");
    languages.put("Arabic", "أين طلبي؟ لقد دفعت ثمنه الأسبوع الماضي.");
    languages.put("Hindi", "मेरा ऑर्डर कहाँ है? मैंने पिछले हफ्ते इसका भुगतान किया था।");
    languages.put("Thai", "คำสั่งซื้อของฉันอยู่ที่ไหน ฉันจ่ายเงินไปเมื่อสัปดาห์ที่แล้ว");
    languages.put("Korean", "제 주문은 어디에 있나요? 지난주에 결제했습니다.");
    languages.put("Chinese", "我的订单在哪里？我上周已经付款了。");
    languages.put("Japanese", "私の注文はどこですか。先週支払いました。");
    return Collections.unmodifiableMap(languages);
  }

  static List<String> all() {
    return List.copyOf(LANGUAGES.values());
  }
}
