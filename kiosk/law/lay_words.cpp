#include "kiosk/law/lay_words.h"

#include <algorithm>
#include <array>

#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

// Any of `said` (divided by blanks) in the question adds `meant`.
struct Saying {
  string_view said;
  string_view meant;
};

constexpr std::array sayings{
    // 劳动
    Saying{"老板 雇主", "用人单位"},
    Saying{"打工 员工 上班", "劳动者 用人单位"},
    Saying{"工资 工钱 薪水 薪资", "劳动报酬"},
    Saying{"没发工资 不发工资 欠薪 拖欠工资 拖工资 讨薪", "未及时足额支付劳动报酬 拖欠"},
    Saying{"炒鱿鱼 开除 辞退 被裁 解雇 劝退", "解除劳动合同 经济补偿"},
    Saying{"裁员", "裁减人员"},
    Saying{"辞职 离职 跳槽 不想干", "劳动者解除劳动合同"},
    Saying{"加班", "延长工作时间"},
    Saying{"社保 五险 医保", "社会保险费"},
    Saying{"怀孕 产假 哺乳", "女职工 孕期 产期"},
    Saying{"临时工 兼职 小时工", "非全日制用工"},
    Saying{"外包 派遣工", "劳务派遣"},
    Saying{"年假", "带薪年休假"},
    Saying{"没签合同 不签合同", "未订立书面劳动合同"},
    // 房屋、邻里
    Saying{"房东", "出租人"},
    Saying{"租客 租户 租房 房客", "承租人 租赁合同"},
    Saying{"买房 卖房 二手房 购房", "房屋买卖 出卖人 买受人"},
    Saying{"开发商", "房地产开发企业 出卖人"},
    Saying{"物业", "物业服务人"},
    Saying{"业委会", "业主委员会"},
    Saying{"邻居 隔壁 楼上 楼下", "相邻关系 不动产权利人"},
    Saying{"噪音 太吵", "噪声"},
    Saying{"高空抛物 楼上掉 掉下来 砸到 砸伤 砸坏", "坠落 建筑物 抛掷物品"},
    Saying{"拆迁", "房屋征收 补偿"},
    Saying{"征地", "征收土地 补偿"},
    Saying{"村里 村委", "村民委员会 农村集体经济组织"},
    Saying{"承包地 种地", "土地承包经营权"},
    Saying{"停车位", "车位"},
    Saying{"中介", "中介人"},
    Saying{"装修", "承揽 装饰装修"},
    // 家庭
    Saying{"老公 老婆 丈夫 妻子 夫妻", "夫妻 配偶"},
    Saying{"出轨 小三 婚外情 第三者", "与他人同居 夫妻应当互相忠实"},
    Saying{"家暴", "家庭暴力"},
    Saying{"孩子 小孩 儿子 女儿", "子女 未成年人"},
    Saying{"爸妈 爸爸 妈妈 爹妈", "父母"},
    Saying{"爷爷 奶奶", "祖父母"},
    Saying{"外公 外婆 姥姥 姥爷", "外祖父母"},
    Saying{"侄子 侄女 外甥", "兄弟姐妹的子女 代位继承"},
    Saying{"遗产 分家产", "继承"},
    Saying{"去世 过世 死后", "死亡 被继承人"},
    Saying{"老人", "老年人"},
    Saying{"养老", "赡养"},
    Saying{"精神病 智力障碍", "不能辨认自己行为 无民事行为能力人"},
    Saying{"熊孩子", "未成年人 监护人"},
    Saying{"打赏 充值", "限制民事行为能力人 法定代理人 追认"},
    // 借贷、合同
    Saying{"借钱 欠钱 还钱 还款", "借款 民间借贷 借款人"},
    Saying{"借条 欠条", "借据 债权凭证"},
    Saying{"利滚利 高利贷", "借款利率 利息"},
    Saying{"担保人", "保证人"},
    Saying{"反悔 毁约 不履行", "违约责任 不履行合同义务"},
    Saying{"不认账 赖账", "不履行债务"},
    Saying{"老赖", "失信被执行人"},
    // 消费、网络
    Saying{"网购 网店 淘宝", "网络交易 电子商务 经营者"},
    Saying{"商家 店家 卖家 商店 超市", "经营者"},
    Saying{"顾客 买家", "消费者"},
    Saying{"假货 假冒", "欺诈行为 假冒"},
    Saying{"退货 无理由", "七日内退货"},
    Saying{"退款 退钱 退费", "返还 退还"},
    Saying{"过期食品 变质", "超过保质期 食品安全"},
    Saying{"旅行社 跟团 导游 旅游团", "旅游经营者 旅游者 旅行社"},
    Saying{"霸王条款", "格式条款"},
    Saying{"会员卡 预付卡 办卡", "预收款 预付"},
    // 交通、伤害
    Saying{"车祸 撞车 撞人 撞伤 被车撞", "机动车 交通事故 损害赔偿"},
    Saying{"酒驾 醉驾 酒后开车", "醉酒驾驶机动车 饮酒"},
    Saying{"出租车 网约车 公交 高铁 火车 飞机 航班", "承运人 旅客 运输"},
    Saying{"医院 医生 看病", "医疗机构 医务人员 诊疗"},
    Saying{"医疗事故", "医疗损害责任"},
    Saying{"狗 宠物 猫", "饲养的动物"},
    Saying{"咬伤 咬了", "动物造成他人损害"},
    Saying{"打人 打架 被打 打伤", "殴打他人 故意伤害他人身体"},
    Saying{"霸凌", "学生欺凌"},
    Saying{"赔钱 赔多少", "损害赔偿"},
    Saying{"谁负责 谁担责 找谁", "侵权责任 承担"},
    // 人格、知识产权
    Saying{"骂人 造谣 网暴", "侮辱 诽谤 名誉权"},
    Saying{"偷拍 泄露", "隐私权 个人信息"},
    Saying{"照片", "肖像权 肖像"},
    Saying{"抄袭 盗版 盗用", "著作权 侵权"},
    // 刑事、程序
    Saying{"偷东西 偷了 小偷 被偷", "盗窃公私财物"},
    Saying{"被抢 抢劫 抢东西", "抢劫 抢夺"},
    Saying{"骗 被骗 骗钱 骗子", "诈骗 欺诈"},
    Saying{"坐牢 判刑 判几年 蹲监狱", "有期徒刑"},
    Saying{"取保 保释", "取保候审"},
    Saying{"警察 报警 派出所", "公安机关"},
    Saying{"打官司 起诉 告他 告状", "提起诉讼 人民法院"},
    Saying{"请不起律师 没钱请律师 免费律师", "法律援助 经济困难"},
    Saying{"个体户", "个体工商户"},
    Saying{"保险公司", "保险人"},
    Saying{"理赔", "赔偿 保险金"},
};

}  // namespace

std::vector<string_view> legal_words(string_view query) {
  std::vector<string_view> words;
  for (const Saying& each : sayings) {
    const auto said = base::split(each.said, ' ');
    const bool found = std::any_of(said.begin(), said.end(), [query](string_view word) {
      return query.find(word) != string_view::npos;
    });
    if (found) words.push_back(each.meant);
  }
  return words;
}

}  // namespace law
